package people

import "github.com/cablegraph/cablegraph/graph"

// findSigner finds the signature at the end of the body.
func (d *doc) findSigner() {
	s := d.p.Signer
	if s.Text == "" || s.Field != graph.InBody {
		return
	}
	from, to := d.tokensIn(s)
	if from >= to || d.toks[from].taken {
		return
	}
	d.add(from, to, find{role: graph.RoleSigner, rule: "signature", confidence: 0.95, signedAs: s.Text, full: to-from > 1 && !nobiliary(d.toks[from].key)})
}
