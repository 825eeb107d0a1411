package parse

import (
	"bytes"
	"regexp"
	"strings"
)

// A long telegram was cut into pages, and the breaks stayed in the text, within
// any line and any list:
//
//	MEXICO 00003573  003 OF 003
//	CONFIDENTIAL \n PAGE 02  ROME  01196  01 OF 02  082030Z
var (
	newBreak = regexp.MustCompile(`([A-Z][A-Z.' -]*?) *\d{8}\s+\d{3}(?:\.\d)?\s+OF\s+\d{3}`)
	oldBreak = regexp.MustCompile(`(?:(?:UNCLASSIFIED|CONFIDENTIAL|SECRET|LIMITED OFFICIAL USE|C O N F I D E N T I A L|S E C R E T|UNCLAS)[ \\]*(?:NOFORN)?\s*)?` +
		`PAGE \d\d +[A-Z][A-Z .]* +\d{4,6}(?: +\d\d OF \d\d)? +\d{6}Z`)
)

// blankBreaks writes blanks over each page break, and over the empty lines
// around it, so that what the break tore apart stands together again.
func blankBreaks(b []byte) {
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte(" OF 0"))
		if i < 0 {
			break
		}
		at += i + 5
		from := max(0, at-70)
		if m := lastMatch(newBreak, b[from:min(len(b), at+3)]); m != nil {
			start, end := from+m[0], from+m[1]
			blank(b, start+stationStart(string(b[from+m[2]:from+m[3]])), end)
		}
	}
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte("PAGE 0"))
		if i < 0 {
			break
		}
		at += i + 6
		from := max(0, at-70)
		if m := lastMatch(oldBreak, b[from:min(len(b), at+70)]); m != nil {
			blank(b, from+m[0], from+m[1])
		}
	}
}

func lastMatch(re *regexp.Regexp, b []byte) []int {
	all := re.FindAllSubmatchIndex(b, -1)
	if len(all) == 0 {
		return nil
	}
	return all[len(all)-1]
}

// stationStart returns where in words the name of the station starts that the
// break repeats: before it, on the same line, may stand text in capitals.
func stationStart(words string) int {
	for i := range words {
		if (i == 0 || words[i-1] == ' ') && words[i] != ' ' && isStationStart(words[i:]) {
			return i
		}
	}
	return strings.LastIndexByte(words, ' ') + 1
}

// maxAround bounds the blanks around a page break.
const maxAround = 200

// blank overwrites b[start:end] and the empty lines on both sides, but leaves
// the line feed of the line before and that of its own line.
func blank(b []byte, start, end int) {
	highest, lowest := min(len(b), end+maxAround), max(0, start-maxAround)
	for end < highest && (b[end] == ' ' || b[end] == '\n') {
		end++
	}
	for start > lowest && (b[start-1] == ' ' || b[start-1] == '\n') {
		start--
	}
	kept := false
	for i := start; i < end; i++ {
		if b[i] == '\n' && !kept {
			kept = true
			continue
		}
		b[i] = ' '
	}
}
