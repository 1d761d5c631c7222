//! Prints what syn finds: one JSON line a file. Paths of files, one a line, on standard input.

mod facts;
mod reader;
mod tokens;

use std::io::{BufRead, Write};

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if (c as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Columns in UTF-16 units, 1-based; syn counts characters, from 0.
fn column(lines: &[&str], line: usize, chars: usize) -> usize {
    let text = lines.get(line - 1).copied().unwrap_or("");
    text.chars().take(chars).map(char::len_utf16).sum::<usize>() + 1
}

fn answer(path: &str) -> String {
    let bytes = std::fs::read(path).expect("the file can be read");
    let text = String::from_utf8(bytes).expect("the file is UTF-8");
    let body = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mark = text.len() != body.len();
    let file = match syn::parse_file(&text) {
        Ok(file) => file,
        Err(error) => {
            let at = error.span().start();
            let message = format!("{}:{} {}", at.line, at.column, error);
            return format!("{{\"path\":{},\"error\":{},\"sites\":[]}}", quoted(path), quoted(&message));
        }
    };
    let lines: Vec<&str> = body.split('\n').collect();
    let mut sites = Vec::new();
    for site in reader::read(&file) {
        let shift = usize::from(mark && site.line == 1);
        let specifier = site.specifier.as_deref().map_or("null".into(), quoted);
        let form = site.form.map_or(String::new(), |form| format!(",\"form\":{}", quoted(form)));
        let names: Vec<String> = site.names.iter().map(|name| quoted(name)).collect();
        sites.push(format!(
            "{{\"specifier\":{},\"kind\":{}{},\"names\":[{}],\"line\":{},\"column\":{}}}",
            specifier,
            quoted(site.kind),
            form,
            names.join(","),
            site.line,
            column(&lines, site.line, site.column) + shift,
        ));
    }
    format!("{{\"path\":{},\"sites\":[{}]}}", quoted(path), sites.join(","))
}

/// Deeply nested sources need more than the usual stack.
fn main() {
    let work = || {
        let mut out = std::io::BufWriter::new(std::io::stdout());
        for line in std::io::stdin().lock().lines() {
            let line = line.expect("a path");
            writeln!(out, "{}", answer(&line)).expect("it can be printed");
        }
    };
    let thread = std::thread::Builder::new().stack_size(1 << 30).spawn(work);
    thread.expect("a thread").join().expect("the work is done");
}
