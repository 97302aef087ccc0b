# The peers, each in a folder of its own under $work with 50 tickets, on loopback. Sourced by list.sh.
# A peer that cannot be installed or started leaves its address empty and is "not measured".
# Needs $work. Sets $fossil_url, $redmine_url, $redmine_cookie; peers_stop ends what was started.
fossil_url="" redmine_url="" redmine_cookie="" fossil_pid="" redmine_pid=""
redmine_home=/usr/share/redmine
redmine_instance=bansho-bench-$$

peer_answers() { # URL: wait until it answers 200
	for _ in $(seq 120); do
		[ "$(curl -s -o /dev/null -w '%{http_code}' "$1")" = 200 ] && return 0
		sleep 0.5
	done
	return 1
}

fossil_start() { # PORT
	command -v fossil >/dev/null || return 1
	mkdir -p "$work/fossil"
	export FOSSIL_HOME="$work/fossil" USER="${USER:-bench}"
	fossil new "$work/fossil/bench.fossil" >/dev/null 2>&1 || return 1
	for at in $(seq 50); do
		fossil ticket add title "資産 $at の持ち出し" status Open type Incident subsystem 総務 \
			severity Minor comment "申請の内容 $at" -R "$work/fossil/bench.fossil" >/dev/null 2>&1 || return 1
	done
	# Reading tickets is open to anybody in a new repository: Fossil is measured without a sign-in.
	fossil server --nojail --localhost --port "$1" "$work/fossil/bench.fossil" >"$work/fossil/log" 2>&1 &
	fossil_pid=$!
	peer_answers "http://127.0.0.1:$1/rptview?rn=1" || return 1
	fossil_url="http://127.0.0.1:$1/rptview?rn=1"
}

redmine_fill='u = User.find_by_login("admin"); u.password = "bansho-bench-1"; u.must_change_passwd = false; u.save!(validate: false)
Setting.per_page_options = "25,50,100"
tracker = Tracker.first; status = IssueStatus.first; priority = IssuePriority.first
project = Project.create!(name: "Bench", identifier: "bench", trackers: [tracker])
50.times { |at| Issue.create!(project: project, tracker: tracker, status: status, priority: priority, author: u,
  subject: "資産 #{at} の持ち出し", description: "申請の内容 #{at}") }'

redmine_start() { # PORT
	[ -d $redmine_home/instances ] && command -v puma >/dev/null || return 1
	root=$work/redmine
	mkdir -p "$root/config" "$root/log" "$root/tmp" "$root/files" "$root/public/plugin_assets"
	printf 'production:\n  adapter: sqlite3\n  database: %s/bench.sqlite3\n  encoding: utf8\n' "$root" >"$root/config/database.yml"
	head -c 48 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$root/config/secret_key.txt"
	ln -s "$root" "$redmine_home/instances/$redmine_instance" || return 1
	(
		cd $redmine_home
		export RAILS_ENV=production X_DEBIAN_SITEID="$redmine_instance" REDMINE_LANG=ja SCHEMA="$root/schema.rb"
		rake db:migrate && rake redmine:load_default_data && bin/rails runner "$redmine_fill"
	) >"$root/log/setup" 2>&1 || return 1
	(
		cd $redmine_home
		export RAILS_ENV=production X_DEBIAN_SITEID="$redmine_instance"
		exec puma -w 2 -t 4:4 --preload -b "tcp://127.0.0.1:$1" config.ru
	) >"$root/log/puma" 2>&1 &
	redmine_pid=$!
	at="http://127.0.0.1:$1"
	peer_answers "$at/login" || return 1
	token=$(curl -s -c "$work/redmine.jar" "$at/login" | sed -n 's/.*name="authenticity_token" value="\([^"]*\)".*/\1/p' | head -n 1)
	curl -s -o /dev/null -b "$work/redmine.jar" -c "$work/redmine.jar" --data-urlencode "authenticity_token=$token" \
		--data-urlencode username=admin --data-urlencode password=bansho-bench-1 "$at/login"
	redmine_cookie=$(awk 'NF == 7 { print $6 "=" $7 }' "$work/redmine.jar" | tail -n 1)
	curl -s -H "Cookie: $redmine_cookie" "$at/my/account" | grep -q 'name="user\[' || return 1 # signed in
	rows=$(curl -s -H "Cookie: $redmine_cookie" "$at/issues?per_page=50" | grep -c '<tr id="issue-')
	[ "$rows" = 50 ] || return 1
	redmine_url="$at/issues?per_page=50"
}

peers_start() { # FOSSIL_PORT REDMINE_PORT
	fossil_start "$1" || echo "fossil: could not be started, see $work/fossil/log" >&2
	redmine_start "$2" || echo "redmine: could not be started, see $work/redmine/log" >&2
}

peers_stop() {
	[ -z "$fossil_pid" ] || kill "$fossil_pid" 2>/dev/null || true
	[ -z "$redmine_pid" ] || kill "$redmine_pid" 2>/dev/null || true
	[ ! -L "$redmine_home/instances/$redmine_instance" ] || rm -f "$redmine_home/instances/$redmine_instance"
}
