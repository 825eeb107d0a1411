package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/cablegraph/cablegraph/graph/neo4j"
	"github.com/cablegraph/cablegraph/graph/neo4j/neo4jtest"
	"github.com/cablegraph/cablegraph/server"
	"github.com/cablegraph/cablegraph/web"
)

func TestServe(t *testing.T) {
	store := sampleStore(t)
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, []string{"serve", "--store", store, "--listen", "127.0.0.1:0"}, strings.NewReader(""), in, io.Discard)
		_ = in.Close()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the server said nothing: %v", err)
	}
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(line)

	must(t, "healthcheck", "--url", address+"/readyz")
	const question = `/graphql?query={corpus{published}}`
	if status, body := fetch(t, address+question, ""); status != http.StatusOK || !strings.Contains(body, `"published":200`) {
		t.Errorf("status %d: %s", status, body)
	}
	if status, body := fetch(t, address+question, "rebound.example.org"); status != http.StatusMisdirectedRequest {
		t.Errorf("a foreign name that leads to loopback is answered: %d: %s", status, body)
	}

	stop()
	select {
	case got := <-code:
		if got != 0 {
			t.Errorf("exit code %d after a stop", got)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("the server does not stop")
	}
}

// fetch asks an address on a connection of its own, under another host's name where one is given.
func fetch(t *testing.T, address, host string) (status int, body string) {
	t.Helper()
	client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = host
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// The examples are planned before anybody asks them, and asking ends with the server.
func TestNeo4jIsAskedTheExamples(t *testing.T) {
	store, session := neo4jtest.Open(t), neo4jtest.Session(t)
	plans := func() (n int) { // that Neo4j keeps; it forgets them
		result, err := session.Run(t.Context(), "CALL db.clearQueryCaches()", nil)
		if err != nil {
			t.Fatal(err)
		}
		row, err := result.Single(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		_, _ = fmt.Sscanf(fmt.Sprint(row.Values[0]), "Query caches successfully cleared of %d queries.", &n)
		return n
	}
	plans()
	var log bytes.Buffer
	f := serveFlags{Config: server.Defaults()}
	f.Log = newLog(&log, slog.LevelInfo, false)
	f.askExamples(t.Context(), store.(*neo4j.Store))
	if got, all := plans(), len(web.Examples()); got < all || !strings.Contains(log.String(), "asked the examples") {
		t.Errorf("%d plans are kept, of %d examples; the log says %q", got, all, log.String())
	}
	begun := time.Now()
	f.warm(t.Context(), store)()
	if got, all, took := plans(), len(web.Examples()), time.Since(begun); got >= all || took > 5*time.Second {
		t.Errorf("%d plans were made after the stop, which took %s", got, took)
	}
}

func TestGarbageIsCollectedLate(t *testing.T) {
	goal := func() uint64 {
		runtime.GC()
		sample := []metrics.Sample{{Name: "/gc/heap/goal:bytes"}}
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	t.Setenv("GOMEMLIMIT", "")
	for _, row := range []struct {
		gogc string
		late bool
	}{{"", true}, {"100", false}} {
		t.Setenv("GOGC", row.gogc)
		before := goal()
		done := collectLate()
		if late := goal() > before+128<<20; late != row.late {
			t.Errorf("GOGC=%q: collected late: %v, want %v", row.gogc, late, row.late)
		}
		done()
	}
}

func TestServeOnATakenAddress(t *testing.T) {
	store := sampleStore(t)
	taken := holdAddress(t)
	if s := cli(t, "", "serve", "--store", store, "--listen", taken); s.code != 1 || !strings.Contains(s.stderr, "in use") {
		t.Errorf("exit code %d: %s", s.code, s.stderr)
	}
}

// holdAddress returns an address that something else listens on.
func holdAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return listener.Addr().String()
}
