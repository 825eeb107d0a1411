package sqlite

import (
	"encoding/binary"
	"fmt"

	"github.com/klauspost/compress/zstd"

	"github.com/cablegraph/cablegraph/graph"
)

// The long texts of a cable stand in one column, each with its length before
// it, compressed together: half as much to write and to keep, and nothing of them
// is asked in SQL.

// maxText bounds what a stored text may grow to when it is unpacked.
const maxText = 1 << 30

// packer compresses for any number of goroutines. None of the two starts any.
var (
	packer, _   = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderCRC(false), zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(1<<18))
	unpacker, _ = zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxText), zstd.WithDecoderConcurrency(0))
)

// longTexts are the fields that stand in the packed column.
const longTexts = graph.FieldSummary | graph.FieldHeader | graph.FieldBody | graph.FieldParagraphs | graph.FieldOtherReferences

// pack joins the long texts of a cable and compresses them.
func pack(c *graph.Cable) []byte {
	parts := [...]string{c.Summary, c.Header, c.Body, listJSON(c.Paragraphs), listJSON(c.OtherReferences)}
	size := 0
	for _, p := range parts {
		size += binary.MaxVarintLen64 + len(p)
	}
	plain := make([]byte, 0, size)
	for _, p := range parts {
		plain = append(binary.AppendUvarint(plain, uint64(len(p))), p...)
	}
	return packer.EncodeAll(plain, make([]byte, 0, len(plain)/2))
}

// unpack reads those of the long texts that fields asks for.
func unpack(packed []byte, fields graph.Fields, c *graph.Cable) error {
	if len(packed) == 0 {
		return nil // an announced cable has none
	}
	plain, err := unpacker.DecodeAll(packed, nil)
	if err != nil {
		return fmt.Errorf("stored text: %w", err)
	}
	for _, part := range []struct {
		field graph.Fields
		read  func(string) error
	}{
		{graph.FieldSummary, plainInto(&c.Summary)},
		{graph.FieldHeader, plainInto(&c.Header)},
		{graph.FieldBody, plainInto(&c.Body)},
		{graph.FieldParagraphs, into(&c.Paragraphs)},
		{graph.FieldOtherReferences, into(&c.OtherReferences)},
	} {
		n, width := binary.Uvarint(plain)
		if width <= 0 || n > uint64(len(plain)-width) {
			return fmt.Errorf("stored text: cut short")
		}
		text := plain[width : width+int(n)]
		plain = plain[width+int(n):]
		if !fields.Has(part.field) {
			continue
		}
		if err := part.read(string(text)); err != nil {
			return err
		}
	}
	return nil
}

// plainInto reads a text into a field.
func plainInto(to *string) func(string) error {
	return func(text string) error {
		*to = text
		return nil
	}
}
