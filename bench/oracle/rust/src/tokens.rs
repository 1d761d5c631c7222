//! The arguments of macros: syn's tree where they are ordinary Rust, else paths among their tokens.

use crate::facts::{name, What};
use crate::reader::{is_test, Reader, TEMPLATES};
use proc_macro2::{Delimiter, Ident, Spacing, Span, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::*;

pub fn arguments(reader: &mut Reader, tokens: &TokenStream, transparent: bool) {
    if transparent {
        return read(reader, tokens.clone(), true);
    }
    if let Ok(file) = syn::parse2::<File>(tokens.clone()) {
        return reader.visit_file(&file);
    }
    if let Ok(statements) = Block::parse_within.parse2(tokens.clone()) {
        for statement in &statements {
            reader.visit_stmt(statement);
        }
        return;
    }
    let expressions = Punctuated::<Expr, Token![,]>::parse_terminated;
    if let Ok(list) = expressions.parse2(tokens.clone()) {
        for expression in &list {
            reader.visit_expr(expression);
        }
        return;
    }
    read(reader, tokens.clone(), false);
}

fn string(tree: Option<&TokenTree>) -> Option<String> {
    match tree {
        Some(TokenTree::Literal(literal)) => match Lit::new(literal.clone()) {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

pub fn include(reader: &mut Reader, tokens: &TokenStream, open: Span) {
    let list: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let Some(first) = list.first() else { return };
    let _ = open;
    let mut form = "include";
    let mut path = Vec::new();
    if let TokenTree::Literal(_) = first {
        if list.len() == 1 || is_mark(list.get(1), ',') {
            path.extend(string(Some(first)));
        }
    } else if let Ok(mac) = syn::parse2::<Macro>(tokens.clone()) {
        if mac.path.is_ident("concat") {
            if let Some(parts) = manifest(&mac.tokens) {
                form = "include-manifest";
                path.push(parts.trim_start_matches('/').to_string());
            }
        }
    }
    let what = What::Plain { form, public: false };
    reader.facts.add(what, first.span(), reader.scope, path, reader.test);
}

/// `env!("CARGO_MANIFEST_DIR"), "/…"`
fn manifest(tokens: &TokenStream) -> Option<String> {
    let parts = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(tokens.clone()).ok()?;
    let mut parts = parts.iter();
    let Some(Expr::Macro(first)) = parts.next() else { return None };
    let variable: LitStr = first.mac.parse_body().ok()?;
    if !first.mac.path.is_ident("env") || variable.value() != "CARGO_MANIFEST_DIR" {
        return None;
    }
    let mut out = String::new();
    let mut count = 0;
    for part in parts {
        let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = part else { return None };
        out.push_str(&text.value());
        count += 1;
    }
    (count > 0).then_some(out)
}

fn is_mark(tree: Option<&TokenTree>, mark: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

fn is_colons(list: &[TokenTree], at: usize) -> bool {
    matches!(list.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
        && is_mark(list.get(at + 1), ':')
}

fn ident(tree: Option<&TokenTree>) -> Option<&Ident> {
    match tree {
        Some(TokenTree::Ident(ident)) => Some(ident),
        _ => None,
    }
}

fn is_keyword(ident: &Ident) -> bool {
    const PATH_HEADS: [&str; 4] = ["self", "super", "crate", "Self"];
    let text = ident.to_string();
    !PATH_HEADS.contains(&text.as_str()) && syn::parse_str::<Ident>(&text).is_err() && !text.starts_with("r#")
}

/// Items that parse are read as such; everything else is searched for paths.
pub fn read(reader: &mut Reader, tokens: TokenStream, transparent: bool) {
    let list: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    let before = reader.test;
    while at < list.len() {
        let start = at;
        if let Some(attribute) = attribute(&list, at) {
            reader.test |= is_test(&attribute);
            reader.visit_attribute(&attribute);
            at += 2;
            continue;
        }
        // An item with a test's attribute ends behind its body.
        let ends = match &list[at] {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Punct(punct) => punct.as_char() == ';',
            _ => false,
        };
        if let Some(length) = item(reader, &list[at..]) {
            at += length;
            continue;
        }
        match &list[at] {
            TokenTree::Group(group) => {
                at += 1;
                if group.delimiter() == Delimiter::Brace && !transparent {
                    reader.in_block(|reader| read(reader, group.stream(), false));
                } else {
                    read(reader, group.stream(), transparent);
                }
            }
            TokenTree::Punct(_) if is_colons(&list, at) => {
                let begun = start > 0
                    && is_mark(list.get(start - 1), '>')
                    && !(start > 1 && (is_mark(list.get(start - 2), '-') || is_mark(list.get(start - 2), '=')));
                at += 2;
                if ident(list.get(at)).is_some() {
                    at = path(reader, &list, at, !begun, !begun, transparent);
                }
            }
            TokenTree::Punct(punct) if punct.as_char() == '$' => at += 2,
            TokenTree::Punct(_) | TokenTree::Literal(_) => at += 1,
            TokenTree::Ident(word) => {
                if is_keyword(word) {
                    at += 1;
                } else {
                    let head = start == 0 || !is_mark(list.get(start - 1), '.') || is_mark(list.get(start.wrapping_sub(2)), '.');
                    at = path(reader, &list, at, head, false, transparent);
                }
            }
        }
        if ends {
            reader.test = before;
        }
    }
    reader.test = before;
}

fn attribute(list: &[TokenTree], at: usize) -> Option<Attribute> {
    if !is_mark(list.get(at), '#') || !matches!(list.get(at + 1), Some(TokenTree::Group(_))) {
        return None;
    }
    let tokens: TokenStream = list[at..at + 2].iter().cloned().collect();
    Attribute::parse_outer.parse2(tokens).ok()?.into_iter().next()
}

fn path(reader: &mut Reader, list: &[TokenTree], from: usize, head: bool, global: bool, transparent: bool) -> usize {
    let Some(first) = ident(list.get(from)) else { return from + 1 };
    let mut segments: Vec<String> = if global { vec![String::new()] } else { Vec::new() };
    segments.push(name(first));
    let mut last = name(first);
    let mut at = from + 1;
    while is_colons(list, at) {
        let Some(next) = ident(list.get(at + 2)) else { break };
        last = name(next);
        segments.push(last.clone());
        at += 3;
    }
    if head {
        reader.path_fact(segments, first.span(), first);
    }
    if is_mark(list.get(at), '!') {
        let named = usize::from(last == "macro_rules" && ident(list.get(at + 1)).is_some());
        if named == 1 {
            reader.facts.macros.extend(ident(list.get(at + 1)).map(name));
        }
        if let Some(TokenTree::Group(group)) = list.get(at + 1 + named) {
            if TEMPLATES.contains(&last.as_str()) {
                return at + 2 + named;
            }
            if matches!(last.as_str(), "include" | "include_str" | "include_bytes") {
                include(reader, &group.stream(), group.span_open());
            }
            if group.delimiter() == Delimiter::None {
                return at + 1;
            }
            if transparent || last == "cfg_if" {
                read(reader, group.stream(), true);
            } else {
                arguments(reader, &group.stream(), false);
            }
            return at + 2;
        }
    }
    at
}

/// A `use`, `mod` or `extern crate` with its attributes, at the start of the tokens.
fn item(reader: &mut Reader, list: &[TokenTree]) -> Option<usize> {
    let mut at = 0;
    while is_mark(list.get(at), '#') && matches!(list.get(at + 1), Some(TokenTree::Group(_))) {
        at += 2;
    }
    if ident(list.get(at))? == "pub" {
        at += 1;
        if matches!(list.get(at), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis) {
            at += 1;
        }
    }
    let word = ident(list.get(at))?;
    if word == "mod" {
        at += 2;
        if !is_mark(list.get(at), ';') && !matches!(list.get(at), Some(TokenTree::Group(_))) {
            return None;
        }
    } else if word == "use" || (word == "extern" && ident(list.get(at + 1)).is_some_and(|next| next == "crate")) {
        while at < list.len() && !is_mark(list.get(at), ';') {
            at += 1;
        }
    } else {
        return None;
    }
    let tokens: TokenStream = list.get(..=at)?.iter().cloned().collect();
    let item: Item = syn::parse2(tokens).ok()?;
    reader.visit_item(&item);
    Some(at + 1)
}
