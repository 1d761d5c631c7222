// Prints what go/parser finds: one JSON line a file. Paths of files, one a line, on standard input.
package main

import (
	"bufio"
	"encoding/json"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"unicode/utf16"
)

type site struct {
	Specifier string   `json:"specifier"`
	Kind      string   `json:"kind"`
	Names     []string `json:"names"`
	Line      int      `json:"line"`
	Column    int      `json:"column"`
}

type answer struct {
	Path  string `json:"path"`
	Error string `json:"error,omitempty"`
	Sites []site `json:"sites"`
}

// units counts a column in UTF-16 code units, 1-based, of a byte offset.
func units(text []byte, lineStart, offset int) int {
	return len(utf16.Encode([]rune(string(text[lineStart:offset])))) + 1
}

func read(path string) answer {
	text, err := os.ReadFile(path)
	if err != nil {
		return answer{Path: path, Error: err.Error(), Sites: []site{}}
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, text, parser.SkipObjectResolution)
	result := answer{Path: path, Sites: []site{}}
	if err != nil {
		result.Error = err.Error()
	}
	if file == nil {
		return result
	}
	for _, spec := range file.Imports {
		// PositionFor(…, false): //line directives do not count.
		at := set.PositionFor(spec.Path.Pos(), false)
		value, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			value = spec.Path.Value
		}
		kind, names := "value", []string{"*"}
		if spec.Name != nil && spec.Name.Name == "_" {
			kind, names = "side-effect", []string{}
		}
		column := units(text, at.Offset-at.Column+1, at.Offset)
		result.Sites = append(result.Sites, site{value, kind, names, at.Line, column})
	}
	return result
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<20)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		if err := out.Encode(read(in.Text())); err != nil {
			panic(err)
		}
	}
}
