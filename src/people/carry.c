/* A role that a new version of the policy calls otherwise. */
#include "people/rooms.h"

enum { CARRIES_MOST = 20000 };

struct error *
people_role_carry(struct act *act, struct text from, struct text to, int64_t *carried)
{
	struct people_posts_to_carry_row *rows;
	size_t count;
	const struct day today = act_today(act);
	TRY(people_posts_to_carry(
		&act->look,
		&(struct people_posts_to_carry_in){ from, today.no, to, CARRIES_MOST }, &rows, &count));
	for (size_t at = 0; at < count; at++) {
		int64_t id;
		TRY(act_number(act, T("post_role"), &id));
		TRY(people_post_role_insert(act, &(struct people_post_role_insert_in){
							 id, rows[at].post, to, today.no }));
		TRY(people_note(act, &(struct noting){
					     .act = "people.role_carry",
					     .about = { people_about_post(
						     act->look.arena,
						     (struct post_id){ rows[at].post }) },
					     .pairs = { { "from", from, 0 }, { "to", to, 0 } } }));
	}
	*carried = (int64_t)count; /* at most CARRIES_MOST */
	return OK;
}

struct error *
people_role_posts(struct look *look, struct text role, int64_t *posts)
{
	struct people_posts_with_role_row row;
	TRY(people_posts_with_role(look,
				   &(struct people_posts_with_role_in){ role, look_today(look).no },
				   &row));
	*posts = row.posts;
	return OK;
}
