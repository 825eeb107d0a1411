// Command soak asks a server for minutes: the questions of docs/queries in a drawn
// order, by several clients, some of whom hang up or subscribe for a moment. It prints
// the server's memory each half minute and fails where that has grown.
//
//	go run ./bench/soak -store cables.db -for 10m     (Linux)
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

func main() {
	binary := flag.String("binary", "bin/cablegraph", "the program")
	store := flag.String("store", "cables.db", "the store that it serves")
	queries := flag.String("queries", "docs/queries", "the folder of the questions")
	listen := flag.String("listen", "127.0.0.1:18089", "where it serves")
	clients := flag.Int("clients", 8, "how many ask at once")
	length := flag.Duration("for", 10*time.Minute, "how long")
	flag.Parse()
	log.SetFlags(0)
	if err := run(*binary, *store, *queries, *listen, *clients, *length); err != nil {
		log.Fatal("soak: ", err)
	}
}

func run(binary, store, folder, listen string, clients int, length time.Duration) error {
	bodies, err := read(folder)
	if err != nil {
		return err
	}
	server := exec.Command(binary, "serve", "--store", store, "--listen", listen, "--log-level", "error")
	server.Stderr = os.Stderr
	if err := server.Start(); err != nil {
		return err
	}
	defer func() {
		_ = server.Process.Signal(syscall.SIGTERM)
		_ = server.Wait()
	}()
	if err := ready("http://" + listen + "/readyz"); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), length)
	defer cancel()
	l := &load{url: "http://" + listen + "/graphql", bodies: bodies}
	var asking sync.WaitGroup
	for i := range clients {
		asking.Go(func() { l.client(ctx, rand.New(rand.NewPCG(1, uint64(i)))) })
	}
	err = l.watch(ctx, server.Process.Pid)
	cancel()
	asking.Wait()
	return err
}

// read makes a request's body of each question in a folder.
func read(folder string) (bodies [][]byte, err error) {
	names, err := filepath.Glob(filepath.Join(folder, "*.graphql"))
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("no questions in %s: %w", folder, err)
	}
	for _, name := range names {
		query, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		body := map[string]any{"query": string(query)}
		if variables, err := os.ReadFile(strings.TrimSuffix(name, ".graphql") + ".variables.json"); err == nil {
			body["variables"] = json.RawMessage(variables)
		}
		text, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		bodies = append(bodies, text)
	}
	return bodies, nil
}

func ready(url string) error {
	var err error
	for range 200 {
		var response *http.Response
		if response, err = http.Get(url); err == nil {
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return nil
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("the server is not ready: %w", err)
}

// load is what the clients do, counted.
type load struct {
	url                        string
	bodies                     [][]byte
	answered, hungUp, listened atomic.Int64
}

const subscription = `{"query": "subscription { cableLoaded { reference } }"}`

// client asks until ctx ends: of 100 times it hangs up 5 times, and listens 2 times.
func (l *load) client(ctx context.Context, rnd *rand.Rand) {
	client := &http.Client{Transport: &http.Transport{}}
	for ctx.Err() == nil {
		body := l.bodies[rnd.IntN(len(l.bodies))]
		switch n := rnd.IntN(100); {
		case n < 5:
			l.ask(ctx, client, body, time.Duration(rnd.IntN(10))*time.Millisecond, "application/json")
			l.hungUp.Add(1)
		case n < 7:
			l.ask(ctx, client, []byte(subscription), 100*time.Millisecond, "text/event-stream")
			l.listened.Add(1)
		default:
			l.ask(ctx, client, body, time.Minute, "application/json")
			l.answered.Add(1)
		}
	}
}

func (l *load) ask(ctx context.Context, client *http.Client, body []byte, patience time.Duration, accept string) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, l.url, bytes.NewReader(body))
	if err != nil {
		panic(err) // an address that is none
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", accept)
	response, err := client.Do(r)
	if err != nil {
		return // its time is over
	}
	_, _ = io.Copy(io.Discard, response.Body)
	_ = response.Body.Close()
}

const (
	every = 30 * time.Second
	// warm is the share of the time after which memory may not grow any more, and growth by how much it may be off.
	warm, growth = 0.3, 1.15
)

// watch prints the memory of the process until ctx ends; what is mapped of the store's file stands apart.
func (l *load) watch(ctx context.Context, pid int) error {
	fmt.Println("| time | own memory | with mapped file | answered | hung up | listened |\n|---|---|---|---|---|---|")
	end, _ := ctx.Deadline()
	start := time.Now()
	ticks := time.NewTicker(min(every, time.Until(end)/10))
	defer ticks.Stop()
	var before, after int
	for {
		select {
		case <-ctx.Done():
			if float64(after) > growth*float64(before) {
				return fmt.Errorf("memory went from %d MB to %d MB", before>>10, after>>10)
			}
			return nil
		case <-ticks.C:
		}
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if err != nil {
			return err
		}
		own, all := kilobytes(status, "RssAnon"), kilobytes(status, "VmRSS")
		passed := time.Since(start)
		if passed < time.Duration(warm*float64(end.Sub(start))) {
			before = max(before, own)
		} else {
			after = max(after, own)
		}
		fmt.Printf("| %s | %d MB | %d MB | %d | %d | %d |\n", passed.Round(time.Second), own>>10, all>>10, l.answered.Load(), l.hungUp.Load(), l.listened.Load())
	}
}

func kilobytes(status []byte, name string) int {
	found := regexp.MustCompile(name + `:\s+(\d+) kB`).FindSubmatch(status)
	if found == nil {
		return 0
	}
	n, _ := strconv.Atoi(string(found[1]))
	return n
}
