// Package sqlite keeps a cable graph in one SQLite file. Plans come in, answers
// go out; records come in, and the file holds their graph. It needs no server,
// and many goroutines and several processes may use one file at once: readers
// see the last whole batch, writers wait for each other.
package sqlite

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	lib "modernc.org/sqlite/lib"

	"github.com/cablegraph/cablegraph/graph"
)

var _ graph.Store = (*Store)(nil)

// Store is a cable graph in a file.
type Store struct {
	path    string
	version string
	patient time.Duration // how long a writer waits for another one

	readers chan *conn // every reader that is not at work; nil for one not dialled yet
	writer  chan *conn // the writer, while it is not at work
	// indexers index texts in memory, while they are not at work; nil for one not dialled yet
	indexers chan *conn

	bulk atomic.Bool          // this process fills the store, or has not ended that yet
	rows atomic.Pointer[rows] // of the cables, while the store is filled; else nil
	led  atomic.Pointer[ledNamings]

	held atomic.Pointer[heldGraph] // what is held in memory, nil while nothing is; see Hold

	closing sync.Once
	closed  chan struct{}
}

// patience is how long a writer waits for another one where its context sets no nearer end.
const patience = 30 * time.Second

// errClosed is what calls after Close return.
var errClosed = fmt.Errorf("%w: it is closed", graph.ErrUnavailable)

// Open opens the file at path, and creates it, but not its folder, where it is
// missing. The error names the path where the file can't be opened, is not
// SQLite's, belongs to another program, or was written by a newer version of this one.
func Open(ctx context.Context, path string) (*Store, error) {
	readers := max(4, 2*runtime.GOMAXPROCS(0))
	s := &Store{
		path: path, patient: patience,
		readers: make(chan *conn, readers), writer: make(chan *conn, 1), indexers: make(chan *conn, runtime.GOMAXPROCS(0)),
		closed: make(chan struct{}),
	}
	w, err := dial(path, true)
	if err == nil {
		s.version = w.version()
		if err = s.prepareFile(ctx, w); err != nil {
			w.close()
		}
	}
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, openError(ctx, err))
	}
	s.writer <- w
	for range readers {
		s.readers <- nil
	}
	for range cap(s.indexers) {
		s.indexers <- nil
	}
	return s, nil
}

// openError says what SQLite means in words that fit a file just named.
func openError(ctx context.Context, err error) error {
	switch {
	case isFault(err, lib.SQLITE_NOTADB):
		return fmt.Errorf("%w: this is not a SQLite file", graph.ErrUnavailable)
	case isFault(err, lib.SQLITE_CANTOPEN):
		return fmt.Errorf("%w: the file can't be opened or created; does its folder exist?", graph.ErrUnavailable)
	}
	return mapped(ctx, err)
}

// prepareFile sets the writer up and makes the tables in a new file.
func (s *Store) prepareFile(ctx context.Context, w *conn) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	ready := false
	err := s.insist(ctx, func() (err error) {
		ready, err = judge(w)
		return err
	})
	if err != nil {
		return err
	}
	// A checkpoint each 32 MiB of log instead of 4: fewer pages are copied twice in a load.
	err = s.insist(ctx, func() error {
		return w.script(`PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000;
			PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;`)
	})
	if err == nil && !ready {
		err = s.create(ctx, w)
	}
	return err
}

// create makes the tables, unless another process was faster.
func (s *Store) create(ctx context.Context, w *conn) error {
	return s.transact(ctx, w, func() error {
		if ready, err := judge(w); err != nil || ready {
			return err
		}
		if err := w.script(fmt.Sprintf("%s PRAGMA application_id = %d; PRAGMA user_version = %d;", schema, applicationID, schemaVersion)); err != nil {
			return err
		}
		for _, i := range indexes {
			if err := w.exec(i.create()); err != nil {
				return err
			}
		}
		return nil
	})
}

// judge tells whether the file has our tables already (true) or is empty
// (false); any other file is an error.
func judge(c *conn) (bool, error) {
	// One statement, so that what another process makes meanwhile is seen whole or not at all.
	const header = `SELECT (SELECT COUNT(*) FROM sqlite_schema), (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version)`
	var tables, application, version int64
	err := c.query(header, nil, func(r row) error {
		tables, application, version = r.integer(0), r.integer(1), r.integer(2)
		return nil
	})
	if err != nil {
		return false, err
	}
	switch {
	case application == 0 && version == 0 && tables == 0:
		return false, nil
	case application != applicationID:
		return false, fmt.Errorf("%w: this is another program's SQLite file (application id %#x)", graph.ErrUnavailable, application)
	case version < schemaVersion:
		return false, fmt.Errorf("%w: this file has schema version %d, of an older program; this one has version %d: load the documents anew, into a new file", graph.ErrUnavailable, version, schemaVersion)
	case version > schemaVersion:
		return false, fmt.Errorf("%w: this file has schema version %d and is newer than this program, which knows version %d", graph.ErrUnavailable, version, schemaVersion)
	}
	return true, nil
}

// insist tries again while another process holds the file, until the context or the patience ends.
func (s *Store) insist(ctx context.Context, try func() error) error {
	end := time.Now().Add(s.patient)
	for pause := time.Millisecond; ; pause = min(2*pause, 50*time.Millisecond) {
		err := try()
		if err == nil || !isFault(err, lib.SQLITE_BUSY) {
			return err
		}
		if time.Now().After(end) {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w: %w", graph.ErrConflict, ended(ctx))
		case <-time.After(pause):
		}
	}
}

// transact runs work in a write transaction: all of it or nothing. The context
// can interrupt the work, but not the COMMIT or ROLLBACK at its end.
func (s *Store) transact(ctx context.Context, w *conn, work func() error) error {
	if err := s.insist(ctx, func() error { return w.exec("BEGIN IMMEDIATE") }); err != nil {
		return err
	}
	stop := w.watch(ctx)
	err := work()
	if err == nil {
		err = w.exec("UPDATE meta SET version = version + 1")
	}
	stop()
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = w.exec("COMMIT")
	}
	if err != nil {
		// SQLite may have rolled back by itself; then this one fails, which is as good.
		_ = w.exec("ROLLBACK")
	}
	return err
}

// dialReader opens one more connection for reading.
func (s *Store) dialReader() (*conn, error) {
	c, err := dial(s.path, false)
	if err != nil {
		return nil, err
	}
	if err := c.script(`PRAGMA query_only = ON; PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY;`); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

// mappable is as much of a file as SQLite maps.
const mappable = 0x7fff0000

// mapFile maps the file into memory, with a cache for the rest of a longer one, but not while this process fills it: what is
// mapped counts as the process's memory, and a load reads nearly nothing twice.
func (s *Store) mapFile(c *conn, wanted bool) error {
	wanted = wanted && !s.bulk.Load()
	if c.mapped == wanted {
		return nil
	}
	size, cache := 0, 8<<10
	if wanted {
		size, cache = mappable, 64<<10
	}
	c.mapped = wanted
	return c.script(fmt.Sprintf("PRAGMA mmap_size = %d; PRAGMA cache_size = -%d", size, cache))
}

// read runs work on a connection of its own that sees one state of the file.
func (s *Store) read(ctx context.Context, work func(*conn) error) error {
	return s.snapshot(ctx, true, work)
}

// readMuch is read for what looks at much of the file once: mapped it would all
// count as the process's memory.
func (s *Store) readMuch(ctx context.Context, work func(*conn) error) error {
	return s.snapshot(ctx, false, work)
}

func (s *Store) snapshot(ctx context.Context, mapFile bool, work func(*conn) error) error {
	c, err := s.reader(ctx)
	if err != nil {
		return err
	}
	defer func() { s.readers <- c }()
	if c == nil {
		if c, err = s.dialReader(); err != nil {
			return mapped(ctx, err)
		}
	}
	defer c.tidy()
	stop := c.watch(ctx)
	err = ctx.Err()
	if err == nil {
		err = s.mapFile(c, mapFile)
	}
	if err == nil {
		// Starting to read can meet another process that recovers the log after a crash.
		err = s.insist(ctx, func() error { return c.exec("BEGIN") })
	}
	if err == nil {
		err = work(c)
	}
	stop()
	_ = c.exec("ROLLBACK") // nothing was written; this only lets go of the snapshot
	return mapped(ctx, err)
}

// reader takes a connection out of the pool; nil for one not dialled yet.
func (s *Store) reader(ctx context.Context) (*conn, error) {
	if ctx.Err() != nil {
		return nil, ended(ctx)
	}
	select {
	case <-s.closed:
		return nil, errClosed
	default:
	}
	select {
	case c := <-s.readers:
		return c, nil
	case <-ctx.Done():
		return nil, ended(ctx)
	case <-s.closed:
		return nil, errClosed
	}
}

// write runs work in one write transaction.
func (s *Store) write(ctx context.Context, work func(*conn) error) error {
	return s.withWriter(ctx, func(w *conn) error {
		return s.transact(ctx, w, func() error { return work(w) })
	})
}

// withWriter hands the one connection that writes to use.
func (s *Store) withWriter(ctx context.Context, use func(*conn) error) error {
	if ctx.Err() != nil {
		return ended(ctx)
	}
	select {
	case <-s.closed:
		return errClosed
	default:
	}
	select {
	case w := <-s.writer:
		defer func() { s.writer <- w }()
		defer w.tidy()
		if err := s.mapFile(w, true); err != nil {
			return mapped(ctx, err)
		}
		return mapped(ctx, use(w))
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", graph.ErrConflict, ended(ctx))
	case <-s.closed:
		return errClosed
	case <-time.After(s.patient):
		return graph.ErrConflict
	}
}

// Close waits for the work that is under way, until the context ends, and lets go of the file.
func (s *Store) Close(ctx context.Context) error {
	var err error
	s.closing.Do(func() {
		close(s.closed)
		err = s.drain(ctx)
	})
	return err
}

// drain closes each connection as it comes back.
func (s *Store) drain(ctx context.Context) error {
	for _, pool := range []chan *conn{s.readers, s.indexers, s.writer} {
		for range cap(pool) {
			select {
			case c := <-pool:
				if c != nil {
					c.close()
				}
			case <-ctx.Done():
				return ended(ctx)
			}
		}
	}
	return nil
}

// Ready returns nil when questions can be answered now.
func (s *Store) Ready(ctx context.Context) error {
	return s.read(ctx, func(c *conn) error {
		_, _, err := c.number("SELECT generation FROM meta")
		return err
	})
}
