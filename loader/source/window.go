package source

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"sync"

	"github.com/bodgit/sevenzip"
	"github.com/ulikunitz/xz/lzma"
)

// maxDictionary bounds what LZMA keeps of the text before: 7-Zip's largest setting,
// -mx=9, takes 256 MB, and xz -9 takes 64 MB.
const maxDictionary = 256 << 20

var errProperties = errors.New("the settings of LZMA are damaged")

// boundSevenZip puts decoders with a bound in place of the library's, which
// take as many gigabytes as a garbled archive asks for. The library keeps them for
// the whole process, so it is done once.
var boundSevenZip = sync.OnceFunc(func() {
	sevenzip.RegisterDecompressor([]byte{3, 1, 1}, newLZMA)
	sevenzip.RegisterDecompressor([]byte{0x21}, newLZMA2)
})

// decoding closes what a decoder reads from.
type decoding struct {
	io.Reader
	io.Closer
}

func newLZMA(properties []byte, size uint64, in []io.ReadCloser) (io.ReadCloser, error) {
	if len(properties) != 5 || len(in) != 1 {
		return nil, errProperties
	}
	if min(uint64(binary.LittleEndian.Uint32(properties[1:])), size) > maxDictionary {
		return nil, ErrNeedsMemory
	}
	head := binary.LittleEndian.AppendUint64(bytes.Clone(properties), size)
	r, err := lzma.NewReader(io.MultiReader(bytes.NewReader(head), in[0]))
	if err != nil {
		return nil, err
	}
	return decoding{r, in[0]}, nil
}

func newLZMA2(properties []byte, size uint64, in []io.ReadCloser) (io.ReadCloser, error) {
	if len(properties) != 1 || properties[0] > 40 || len(in) != 1 {
		return nil, errProperties
	}
	// No more than the text is ever looked back on, whatever the archive asks for.
	window, err := lzma.DecodeDictCap(properties[0])
	if err != nil {
		return nil, err
	}
	window = max(min(window, int64(min(size, 1<<40))), lzma.MinDictCap)
	if window > maxDictionary {
		return nil, ErrNeedsMemory
	}
	r, err := lzma.Reader2Config{DictCap: int(window)}.NewReader2(in[0])
	if err != nil {
		return nil, err
	}
	return decoding{r, in[0]}, nil
}
