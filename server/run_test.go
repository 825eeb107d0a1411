package server

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/cablegraph/cablegraph/graph"
)

// patience bounds every wait of a test.
const patience = 10 * time.Second

// running starts a server and returns its address, a way to stop it, and what Run returned.
func running(t *testing.T, store graph.Reader, cfg Config) (address string, stop func(), ended <-chan error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Run(ctx, listener, New(store, cfg), cfg) }()
	t.Cleanup(cancel)
	return listener.Addr().String(), cancel, done
}

func wait[T any](t *testing.T, c <-chan T, what string) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(patience):
		t.Fatalf("no %s within %s", what, patience)
		panic("unreachable")
	}
}

// ask sends one question on a connection of its own.
func ask(address string) (string, error) {
	client := &http.Client{Timeout: patience, Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Post("http://"+address+PathGraphQL, "application/json", strings.NewReader(`{"query": "{ corpus { cables } }"}`))
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return string(text), err
}

func TestStopping(t *testing.T) {
	defer goleak.VerifyNone(t)
	entered, release := make(chan struct{}), make(chan struct{})
	store := &fakeStore{corpus: func(ctx context.Context) (*graph.Corpus, error) {
		close(entered)
		select {
		case <-release:
			return &graph.Corpus{Cables: 797}, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}}
	address, stop, ended := running(t, store, Defaults())
	answer := make(chan string, 1)
	go func() {
		text, err := ask(address)
		answer <- fmt.Sprint(text, err)
	}()
	wait(t, entered, "question")
	stop()
	waitUntilClosed(t, address)
	close(release)
	if got := wait(t, answer, "answer"); !strings.Contains(got, `"cables":797`) {
		t.Errorf("the request under way was not answered: %s", got)
	}
	if err := wait(t, ended, "end"); err != nil {
		t.Errorf("Run: %v", err)
	}
}

// waitUntilClosed waits until the address takes no connections any more.
func waitUntilClosed(t *testing.T, address string) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		c, err := net.DialTimeout("tcp", address, time.Second)
		if err != nil {
			return
		}
		_ = c.Close()
	}
	t.Fatal("a stopping server takes new connections")
}

func TestStoppingCutsOffWhatDoesNotEnd(t *testing.T) {
	defer goleak.VerifyNone(t)
	entered := make(chan struct{})
	cancelled := make(chan struct{})
	store := &fakeStore{corpus: func(ctx context.Context) (*graph.Corpus, error) {
		close(entered)
		<-ctx.Done()
		close(cancelled)
		return nil, ctx.Err()
	}}
	cfg := Defaults()
	cfg.Grace = 20 * time.Millisecond
	address, stop, ended := running(t, store, cfg)
	go func() { _, _ = ask(address) }()
	wait(t, entered, "question")
	stop()
	if err := wait(t, ended, "end"); err != nil {
		t.Errorf("Run: %v", err)
	}
	wait(t, cancelled, "cancelled context")
}

func TestListenerThatBreaks(t *testing.T) {
	defer goleak.VerifyNone(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = listener.Close()
	if err := Run(t.Context(), listener, http.NotFoundHandler(), Defaults()); err == nil {
		t.Error("no error from a closed listener")
	}
}

func TestHeadersHaveALimit(t *testing.T) {
	address, _, _ := running(t, &fakeStore{}, Defaults())
	c, err := net.DialTimeout("tcp", address, patience)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(patience))
	_, _ = fmt.Fprintf(c, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: %s\r\n\r\n", strings.Repeat("a", 128<<10))
	status, err := bufio.NewReader(c).ReadString('\n')
	if err != nil || !strings.Contains(status, "431") {
		t.Errorf("%q, %v; want status 431", status, err)
	}
}
