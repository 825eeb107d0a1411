package network

import (
	"context"
	"io"
	"testing"
)

// big is a network of 50,000 nodes and about 500,000 edges, with what an export of it has.
func big(b *testing.B) *Network {
	b.Helper()
	return random(1, 50_000, 500_000, false)
}

func BenchmarkMeasure(b *testing.B) {
	for _, m := range Metrics {
		b.Run(m.Name, func(b *testing.B) {
			n := big(b)
			b.ReportAllocs()
			for b.Loop() {
				n.NodeColumns = nil
				if err := Measure(context.Background(), n, m.Name); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkLayout(b *testing.B) {
	n := big(b)
	b.ReportAllocs()
	for b.Loop() {
		if err := Layout(context.Background(), n); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	n := big(b)
	if err := Measure(context.Background(), n, "degree", "pagerank", "community"); err != nil {
		b.Fatal(err)
	}
	n.LaidOut = true
	for _, f := range Formats {
		b.Run(f.Name, func(b *testing.B) {
			b.ReportAllocs()
			size := counter(0)
			for b.Loop() {
				size = 0
				if err := f.Write(context.Background(), &size, streamed(b, n)); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(size))
		})
	}
}

type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

var _ io.Writer = new(counter)
