package sqlite

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// This file is the only one that knows the driver. It stands on the driver's
// lower half, the C interface in Go, because the database/sql half of it can't
// interrupt a statement once its first row is out, starts a goroutine for each
// statement, and boxes each value; an answer takes hundreds of small statements.

// conn is one connection. It serves one goroutine at a time.
type conn struct {
	tls        *libc.TLS
	db         uintptr
	statements map[string]*statement // text → prepared
	old        bool                  // what FTS5 remembers of its index is not what is there, see addWords
	mapped     bool                  // the file is mapped into memory, see Store.mapFile
}

// statement is a prepared statement, and the room for the texts bound to it,
// which live until it is reset.
type statement struct {
	handle uintptr
	room   uintptr
	size   int
}

// keepRoom is how much room a statement keeps from one run to the next.
const keepRoom = 1 << 16

// maxStatements bounds the prepared statements of one connection.
const maxStatements = 400

// dial opens the file at path, which is created where it is missing and create is set.
func dial(path string, create bool) (*conn, error) {
	c := &conn{tls: libc.NewTLS(), statements: map[string]*statement{}}
	name, err := libc.CString(path)
	if err != nil {
		c.tls.Close()
		return nil, err
	}
	defer libc.Xfree(c.tls, name)
	handle := c.tls.Alloc(16)
	defer c.tls.Free(16)
	libc.AtomicStorePUintptr(handle, 0)
	flags := int32(lib.SQLITE_OPEN_READWRITE | lib.SQLITE_OPEN_NOMUTEX)
	if create {
		flags |= lib.SQLITE_OPEN_CREATE
	}
	rc := lib.Xsqlite3_open_v2(c.tls, name, handle, flags, 0)
	c.db = libc.AtomicLoadPUintptr(handle)
	if rc != lib.SQLITE_OK {
		err := c.fault(rc, "")
		c.close()
		return nil, err
	}
	lib.Xsqlite3_extended_result_codes(c.tls, c.db, 1)
	// One text, one plan: without this a statement that touches a table with a
	// partial index is planned anew each time a parameter changes.
	values := libc.NewVaList(int32(1), uintptr(0))
	defer libc.Xfree(c.tls, values)
	if rc := lib.Xsqlite3_db_config(c.tls, c.db, lib.SQLITE_DBCONFIG_ENABLE_QPSG, values); rc != lib.SQLITE_OK {
		err := c.fault(rc, "")
		c.close()
		return nil, err
	}
	return c, nil
}

// close frees all that the connection holds.
func (c *conn) close() {
	c.forget()
	if c.db != 0 {
		lib.Xsqlite3_close_v2(c.tls, c.db)
		c.db = 0
	}
	c.tls.Close()
}

// forget drops the prepared statements.
func (c *conn) forget() {
	for text, s := range c.statements {
		c.release(s)
		c.free(s)
		lib.Xsqlite3_finalize(c.tls, s.handle)
		delete(c.statements, text)
	}
}

// tidy is called between uses, when no statement runs.
func (c *conn) tidy() {
	if len(c.statements) > maxStatements {
		c.forget()
	}
}

// renew makes SQLite forget what it knows of the file's tables, where that is
// old, so that it reads it anew. No transaction may be open.
func (c *conn) renew() error {
	if !c.old {
		return nil
	}
	c.forget()
	c.old = false
	return c.script("PRAGMA writable_schema = RESET")
}

// prepare returns the statement for the text, from the cache where it is known.
func (c *conn) prepare(text string) (*statement, error) {
	if s, ok := c.statements[text]; ok {
		return s, nil
	}
	sql, err := libc.CString(text)
	if err != nil {
		return nil, err
	}
	defer libc.Xfree(c.tls, sql)
	handle := c.tls.Alloc(16)
	defer c.tls.Free(16)
	rc := lib.Xsqlite3_prepare_v3(c.tls, c.db, sql, int32(len(text)+1), lib.SQLITE_PREPARE_PERSISTENT, handle, 0)
	if rc != lib.SQLITE_OK {
		return nil, c.fault(rc, text)
	}
	s := &statement{handle: libc.AtomicLoadPUintptr(handle)}
	c.statements[text] = s
	return s, nil
}

// query runs a statement and hands each of its rows to visit, which may keep
// what it reads but not the row. It must not run the same text on this
// connection meanwhile.
func (c *conn) query(text string, args []any, visit func(row) error) error {
	s, err := c.prepare(text)
	if err != nil {
		return err
	}
	defer c.release(s)
	if err := c.bindAll(s, args); err != nil {
		return err
	}
	for {
		switch rc := lib.Xsqlite3_step(c.tls, s.handle); rc {
		case lib.SQLITE_ROW:
			if visit != nil {
				if err := visit(row{c, s.handle}); err != nil {
					return err
				}
			}
		case lib.SQLITE_DONE:
			return nil
		default:
			return c.fault(rc, text)
		}
	}
}

// exec runs a statement that gives no rows.
func (c *conn) exec(text string, args ...any) error { return c.query(text, args, nil) }

// insert runs an INSERT and returns the new row's id.
func (c *conn) insert(text string, args ...any) (int64, error) {
	if err := c.query(text, args, nil); err != nil {
		return 0, err
	}
	return lib.Xsqlite3_last_insert_rowid(c.tls, c.db), nil
}

// number runs a statement that gives one number; ok is false where it gives no row.
func (c *conn) number(text string, args ...any) (n int64, ok bool, err error) {
	err = c.query(text, args, func(r row) error {
		n, ok = r.integer(0), true
		return nil
	})
	return n, ok, err
}

// blob runs a statement that gives one blob, nil where it gives no row.
func (c *conn) blob(text string, args ...any) (b []byte, err error) {
	err = c.query(text, args, func(r row) error {
		b = r.blob(0)
		return nil
	})
	return b, err
}

// script runs several statements without arguments.
func (c *conn) script(text string) error {
	sql, err := libc.CString(text)
	if err != nil {
		return err
	}
	defer libc.Xfree(c.tls, sql)
	if rc := lib.Xsqlite3_exec(c.tls, c.db, sql, 0, 0, 0); rc != lib.SQLITE_OK {
		return c.fault(rc, text)
	}
	return nil
}

// release makes a statement ready for its next use.
func (c *conn) release(s *statement) {
	lib.Xsqlite3_reset(c.tls, s.handle)
	if s.size > keepRoom {
		c.free(s)
	}
}

// free gives the room for bound texts back.
func (c *conn) free(s *statement) {
	lib.Xsqlite3_clear_bindings(c.tls, s.handle)
	lib.Xsqlite3_free(c.tls, s.room)
	s.room, s.size = 0, 0
}

// bindAll sets the parameters of a statement. Their texts are copied into one
// piece of memory: SQLite can't be given Go's.
func (c *conn) bindAll(s *statement, args []any) error {
	need := 1 // so that no text, not even an empty one, is at the address 0
	for _, arg := range args {
		switch v := arg.(type) {
		case string:
			need += len(v)
		case []byte:
			need += len(v)
		}
	}
	if need > s.size {
		c.free(s)
		if s.room = lib.Xsqlite3_malloc(c.tls, int32(need)); s.room == 0 {
			return c.fault(lib.SQLITE_NOMEM, "")
		}
		s.size = need
	}
	at := 0
	for i, arg := range args {
		n, err := c.bind(s, int32(i+1), arg, at)
		if err != nil {
			return err
		}
		at += n
	}
	return nil
}

// bind sets the n-th parameter, counted from 1, and returns how much room it
// took from at on.
func (c *conn) bind(s *statement, n int32, arg any, at int) (took int, err error) {
	var rc int32
	switch v := arg.(type) {
	case nil:
		rc = lib.Xsqlite3_bind_null(c.tls, s.handle, n)
	case int64:
		rc = lib.Xsqlite3_bind_int64(c.tls, s.handle, n, v)
	case int:
		rc = lib.Xsqlite3_bind_int64(c.tls, s.handle, n, int64(v))
	case bool:
		one := int64(0)
		if v {
			one = 1
		}
		rc = lib.Xsqlite3_bind_int64(c.tls, s.handle, n, one)
	case float64:
		rc = lib.Xsqlite3_bind_double(c.tls, s.handle, n, v)
	case string:
		p := s.room + uintptr(at)
		took = copy(libc.GoBytes(p, len(v)), v)
		rc = lib.Xsqlite3_bind_text(c.tls, s.handle, n, p, int32(len(v)), 0)
	case []byte:
		p := s.room + uintptr(at)
		took = copy(libc.GoBytes(p, len(v)), v)
		rc = lib.Xsqlite3_bind_blob(c.tls, s.handle, n, p, int32(len(v)), 0)
	default:
		return 0, fmt.Errorf("parameter %d is a %T", n, arg)
	}
	if rc != lib.SQLITE_OK {
		return took, c.fault(rc, "")
	}
	return took, nil
}

// interruptAgain is how often an interrupt is repeated until the work has
// ended: SQLite forgets one that comes between two statements.
const interruptAgain = 5 * time.Millisecond

// watch interrupts what runs on the connection once ctx ends. It starts a
// goroutine then, and not before; stop must be called, and waits for it.
func (c *conn) watch(ctx context.Context) (stop func()) {
	if ctx.Done() == nil {
		return func() {}
	}
	over, ended := make(chan struct{}), make(chan struct{})
	unwatch := context.AfterFunc(ctx, func() {
		defer close(ended)
		for {
			lib.Xsqlite3_interrupt(nil, c.db)
			select {
			case <-over:
				return
			case <-time.After(interruptAgain):
			}
		}
	})
	return func() {
		if !unwatch() {
			close(over)
			<-ended
		}
	}
}

// version returns SQLite's version.
func (c *conn) version() string { return libc.GoString(lib.Xsqlite3_libversion(c.tls)) }

// row is the row that a running statement stands at.
type row struct {
	c      *conn
	handle uintptr
}

// columns is how many values a row has.
func (r row) columns() int { return int(lib.Xsqlite3_column_count(r.c.tls, r.handle)) }

func (r row) integer(i int) int64 { return lib.Xsqlite3_column_int64(r.c.tls, r.handle, int32(i)) }

func (r row) real(i int) float64 { return lib.Xsqlite3_column_double(r.c.tls, r.handle, int32(i)) }

// text returns a column's text, "" for NULL.
func (r row) text(i int) string {
	p := lib.Xsqlite3_column_text(r.c.tls, r.handle, int32(i))
	n := lib.Xsqlite3_column_bytes(r.c.tls, r.handle, int32(i))
	if p == 0 || n == 0 {
		return ""
	}
	return string(libc.GoBytes(p, int(n)))
}

// blob returns a column's bytes, nil for NULL and for none.
func (r row) blob(i int) []byte {
	p := lib.Xsqlite3_column_blob(r.c.tls, r.handle, int32(i))
	n := lib.Xsqlite3_column_bytes(r.c.tls, r.handle, int32(i))
	if p == 0 || n == 0 {
		return nil
	}
	return bytes.Clone(libc.GoBytes(p, int(n)))
}

// fault is what SQLite says went wrong.
type fault struct {
	code    int32 // extended result code
	message string
	text    string // the statement, where it is the statement that is wrong
}

func (f *fault) Error() string {
	if f.text != "" && f.primary() == lib.SQLITE_ERROR {
		return fmt.Sprintf("sqlite: %s in %q", f.message, f.text)
	}
	return "sqlite: " + f.message
}

// primary returns the result code without its extension.
func (f *fault) primary() int32 { return f.code & 0xff }

func (c *conn) fault(rc int32, text string) error {
	f := &fault{code: rc, message: "out of memory", text: text}
	if c.db != 0 {
		f.message = libc.GoString(lib.Xsqlite3_errmsg(c.tls, c.db))
	}
	return f
}

// isFault tells whether err is one of SQLite's with one of these primary codes.
func isFault(err error, codes ...int32) bool {
	var f *fault
	if !errors.As(err, &f) {
		return false
	}
	for _, code := range codes {
		if f.primary() == code {
			return true
		}
	}
	return false
}
