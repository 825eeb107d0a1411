package loader

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// errOtherDocuments: the documents that a stopped load had read are not those that stand there now.
var errOtherDocuments = errors.New("other documents than those of the load that was stopped")

// loadName names a load by its paths as given, and the rules by which it understands them.
func loadName(rules string, paths []string) string {
	sum := sha256.Sum256([]byte(rules + "\x00" + strings.Join(paths, "\x00")))
	return hex.EncodeToString(sum[:])
}

// chain counts documents and hashes them, each with all before it.
type chain struct {
	documents int
	sum       [sha256.Size]byte
}

func (c *chain) add(d *document) {
	c.documents++
	text := hex.EncodeToString(c.sum[:]) + "\x00" + d.entry.Name() + "\x00" + d.sha256
	if d.entry.Err != nil {
		text += "\x00" + d.entry.Err.Error()
	}
	c.sum = sha256.Sum256([]byte(text))
}

func (c *chain) mark() graph.Mark {
	return graph.Mark{Documents: c.documents, Digest: hex.EncodeToString(c.sum[:])}
}
