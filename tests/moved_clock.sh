# For shell tests under a clock that is moved (clock_at.c): a free port and the clock's file. Source it with $ports set,
# where its ports begin: below those the kernel gives away, no other test's.
. "$(dirname "$0")/started.sh"
port=$((ports + $(od -An -N2 -tu2 /dev/urandom) % 3000))
base=http://127.0.0.1:$port
printf '\0\0\0\0\0\0\0\0' >"$work/clock"
export CLOCK_AT="$work/clock"

clock_to() { # SO-MANY MS-OF-ONE: from the machine's; a new file would not be the one that is mapped
	python3 -c 'import struct, sys
with open(sys.argv[1], "r+b") as file:
    file.write(struct.pack("<q", int(float(sys.argv[2]) * int(sys.argv[3]))))' "$work/clock" "$1" "$2"
}
minutes() { clock_to "$1" 60000; }
days() { clock_to "$1" 86400000; }
