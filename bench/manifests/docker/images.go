// Images of Dockerfiles as docker's own parser, in the copy that imagebuilder keeps, reads them. Reads paths on
// standard input, one a line; prints for each a line of JSON: [[key, value], …], or a string: why it refuses the file.
// Needs Debian's golang-github-openshift-imagebuilder-dev. That parser knows no here-documents.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/openshift/imagebuilder"
	"github.com/openshift/imagebuilder/dockerfile/parser"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		found, err := images(lines.Text())
		var answer interface{} = found
		if err != nil {
			answer = err.Error()
		}
		text, err := json.Marshal(answer)
		if err != nil {
			panic(err)
		}
		fmt.Println(string(text))
	}
}

func images(path string) ([][2]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	parsed, err := parser.Parse(file)
	if err != nil {
		return nil, err
	}
	found := [][2]string{}
	stages, all := map[string]bool{}, map[string]bool{}
	for _, node := range parsed.AST.Children {
		if words := wordsOf(node); node.Value == "from" && len(words) == 3 {
			all[strings.ToLower(words[2])] = true
		}
	}
	// What a builder knows of the platform by itself.
	arguments, started := []string{"TARGETOS=linux", "TARGETARCH=amd64", "TARGETPLATFORM=linux/amd64"}, false
	add := func(kind, image string, known map[string]bool, node *parser.Node) {
		_, err := strconv.Atoi(image)
		if err == nil || image == "" || image == "scratch" || known[strings.ToLower(image)] {
			return
		}
		found = append(found, [2]string{kind + " " + image, strconv.Itoa(node.StartLine)})
	}
	for _, node := range parsed.AST.Children {
		words := wordsOf(node)
		switch node.Value {
		case "arg":
			for _, word := range words {
				if !started && strings.Contains(word, "=") {
					value, err := imagebuilder.ProcessWord(word, arguments)
					if err == nil { // It knows no `${name#pattern}`.
						arguments = append(arguments, value)
					}
				}
			}
		case "from":
			started = true
			image, err := imagebuilder.ProcessWord(words[0], arguments)
			if err != nil {
				return nil, err
			}
			add("from", image, stages, node)
			if len(words) == 3 {
				stages[strings.ToLower(words[2])] = true
			}
		case "copy":
			for _, flag := range node.Flags {
				if strings.HasPrefix(flag, "--from=") {
					add("copy", strings.TrimPrefix(flag, "--from="), all, node)
				}
			}
		case "run":
			for _, flag := range node.Flags {
				for _, part := range strings.Split(strings.TrimPrefix(flag, "--mount="), ",") {
					if strings.HasPrefix(flag, "--mount=") && strings.HasPrefix(part, "from=") {
						add("mount", strings.TrimPrefix(part, "from="), all, node)
					}
				}
			}
		}
	}
	return found, nil
}

func wordsOf(node *parser.Node) []string {
	words := []string{}
	for next := node.Next; next != nil; next = next.Next {
		words = append(words, next.Value)
	}
	return words
}
