/* The register of what was handed over under a contract, and how the contract stands, as a print job. */
#ifndef BANSHO_PAPER_CONTRACT_PAPER_H
#define BANSHO_PAPER_CONTRACT_PAPER_H

#include "contract/contract.h"

/* For the footer: what proves it. */
struct contract_proof {
	struct text body; /* the body's code, for the command */
	int64_t tree_size;
};

/* Facts, the chain with consent, items of the contract, every hand-over with its end. For who may read the
   contract (contract_rights). *job lives in look->arena. */
struct error *paper_contract(struct look *look, const struct flow *flow, const struct contract *contract,
			     struct text body, const struct contract_proof *proof, struct text *job) MUST_USE;

#endif
