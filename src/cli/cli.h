/*
 * The command line `bansho`: one table of commands (table.c), options read the same way everywhere.
 *
 * Exit status: 0 done, nothing wrong; 1 done, and something was found wrong (a mistake in a pack, a
 * finding of verify, rows an import cannot take); 2 could not run (wrong usage, no such body, the
 * machine). Words go to stderr, results to stdout; with --json stdout holds one JSON value.
 */
#ifndef BANSHO_CLI_CLI_H
#define BANSHO_CLI_CLI_H

/* EXIT_AGAIN, of the programs that serve: another version of the policy is in force, start me again. */
enum { EXIT_FINE = 0, EXIT_FOUND = 1, EXIT_UNABLE = 2, EXIT_AGAIN = 75 };

/* Everything main() does: returns the exit status. */
int cli_main(int count, char **words);

#endif
