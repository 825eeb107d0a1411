package sqlite

// While a store is filled, its full-text index is made away from the file: each
// batch is indexed in memory, by FTS5 itself, while another batch has the file, and
// what comes of it, a segment of finished pages, is copied into the index's tables.
// That is the longest part of writing a cable. The tables are part of SQLite's
// file format (their layout is described at the head of fts5_index.c): cable_fts_data
// has the pages and two records of its own, cable_fts_idx says which page of a
// segment a term starts on, cable_fts_docsize how long each row is.

// words is a batch's part of the full-text index.
type words struct {
	segments []segment
	pages    []page
	terms    []termStart
	sizes    []rowSize
	totals   []uint64 // rows, and the words in each column
}

// page is a page of a segment; its number is the segment's in the upper bits.
type page struct {
	number int64
	block  []byte
}

// termStart is where a term starts.
type termStart struct {
	segment int64
	term    []byte
	page    int64
}

// rowSize is how many words a row has, and by which segment it came.
type rowSize struct {
	row    int64
	words  []byte
	origin int64
}

const (
	totalsRecord    = 1  // of cable_fts_data: rows and words
	structureRecord = 10 // of cable_fts_data: which segments there are
	segmentShift    = 37 // of the segment's number in a page's
	mostSegments    = 2000
)

// indexerScript makes an index in memory. One batch is one segment where its words fit in 64 MiB.
const indexerScript = `PRAGMA journal_mode = OFF; PRAGMA temp_store = MEMORY;
CREATE VIRTUAL TABLE cable_fts USING ` + wordIndex + `;
INSERT INTO cable_fts (cable_fts, rank) VALUES ('hashsize', 67108864), ('automerge', 0), ('crisismerge', 1000)`

// dialIndexer opens a connection to an index in memory.
func dialIndexer() (*conn, error) {
	c, err := dial(":memory:", true)
	if err != nil {
		return nil, err
	}
	if err := c.script(indexerScript); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

// text is the folded text of a row.
type wordText struct {
	row           int64
	subject, body string
}

const insertWords = "INSERT INTO cable_fts (rowid, subject, body) VALUES (?, ?, ?)"

// indexWords indexes texts on a connection of dialIndexer's, which is empty again afterwards.
func indexWords(c *conn, texts []wordText) (*words, error) {
	if err := c.exec("BEGIN"); err != nil {
		return nil, err
	}
	for _, t := range texts {
		if err := c.exec(insertWords, t.row, t.subject, t.body); err != nil {
			return nil, err
		}
	}
	if err := c.exec("COMMIT"); err != nil {
		return nil, err
	}
	w, err := readWords(c)
	if err == nil {
		err = c.exec("INSERT INTO cable_fts (cable_fts) VALUES ('delete-all')")
	}
	return w, err
}

// readWords reads all of an index.
func readWords(c *conn) (*words, error) {
	s, err := readStructure(c)
	if err != nil {
		return nil, err
	}
	w := &words{}
	for _, l := range s.levels {
		w.segments = append(w.segments, l.segments...)
	}
	if w.totals, err = readTotals(c); err != nil {
		return nil, err
	}
	for _, of := range []struct {
		statement string
		note      func(row)
	}{
		{"SELECT id, block FROM cable_fts_data WHERE id > 10", func(r row) { w.pages = append(w.pages, page{r.integer(0), r.blob(1)}) }},
		{"SELECT segid, term, pgno FROM cable_fts_idx", func(r row) { w.terms = append(w.terms, termStart{r.integer(0), r.blob(1), r.integer(2)}) }},
		{"SELECT id, sz, origin FROM cable_fts_docsize", func(r row) { w.sizes = append(w.sizes, rowSize{r.integer(0), r.blob(1), r.integer(2)}) }},
	} {
		err := c.query(of.statement, nil, func(r row) error {
			of.note(r)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return w, nil
}

// addWords copies a batch's words into the file's index, beside what is there,
// and returns how many segments wait to be merged now. Rows of the batch must not be in the
// index. The connection's own view of the index is old then, see conn.renew.
func addWords(c *conn, w *words) (waiting int, err error) {
	c.old = true
	s, err := readStructure(c)
	if err != nil {
		return 0, err
	}
	if len(s.levels) == 0 {
		s.levels = append(s.levels, segmentLevel{})
	}
	numbers := map[int64]int64{} // of the batch's segments → in the file
	first := s.origin()
	for _, g := range w.segments {
		number, err := s.free()
		if err != nil {
			return 0, err
		}
		numbers[int64(g.number)] = int64(number)
		g.number, g.origin1, g.origin2 = number, first+g.origin1-1, first+g.origin2-1
		s.levels[0].segments = append(s.levels[0].segments, g)
	}
	if err := copyWords(c, w, numbers, int64(first)-1); err != nil {
		return 0, err
	}
	if err := addTotals(c, w.totals); err != nil {
		return 0, err
	}
	return len(s.levels[0].segments), c.exec("UPDATE cable_fts_data SET block = ? WHERE id = ?", s.encode(), structureRecord)
}

// copyWords writes the rows of the tables.
func copyWords(c *conn, w *words, numbers map[int64]int64, origin int64) error {
	for _, p := range w.pages {
		number := numbers[p.number>>segmentShift]<<segmentShift | p.number&(1<<segmentShift-1)
		if err := c.exec("INSERT INTO cable_fts_data (id, block) VALUES (?, ?)", number, p.block); err != nil {
			return err
		}
	}
	for _, t := range w.terms {
		if err := c.exec("INSERT INTO cable_fts_idx (segid, term, pgno) VALUES (?, ?, ?)", numbers[t.segment], t.term, t.page); err != nil {
			return err
		}
	}
	for _, z := range w.sizes {
		if err := c.exec("INSERT INTO cable_fts_docsize (id, sz, origin) VALUES (?, ?, ?)", z.row, z.words, origin+z.origin); err != nil {
			return err
		}
	}
	return nil
}
