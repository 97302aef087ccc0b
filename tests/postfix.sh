# A real Postfix of our own, for tests to source: start_postfix, after $work, $mail and $port are set. $boxes
# says which addresses it knows. The caller ends it: /usr/sbin/postfix -c "$postfix_at" stop.
start_postfix() {
	etc=$work/etc
	mkdir -p "$etc" "$work/spool" "$work/lib" "$mail"
	chown postfix "$work/lib" "$mail"
	openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -addext subjectAltName=DNS:localhost -days 2 \
		-keyout "$etc/key.pem" -out "$etc/cert.pem" 2>/dev/null
	cat >"$etc/main.cf" <<CF
compatibility_level = 3.6
queue_directory = $work/spool
data_directory = $work/lib
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = localhost
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
maillog_file = $work/log
maillog_file_prefixes = $work
virtual_mailbox_domains = city.example.jp
virtual_mailbox_base = $mail
virtual_mailbox_maps = inline:{$boxes}
virtual_uid_maps = static:$(id -u postfix)
virtual_gid_maps = static:$(id -g postfix)
smtpd_relay_restrictions = reject_unauth_destination
smtpd_tls_security_level = may
smtpd_tls_cert_file = $etc/cert.pem
smtpd_tls_key_file = $etc/key.pem
smtpd_tls_received_header = yes
alias_maps =
CF
	cat >"$etc/master.cf" <<CF
127.0.0.1:$port inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
CF
	/usr/sbin/postfix -c "$etc" start
	postfix_at=$etc
}
