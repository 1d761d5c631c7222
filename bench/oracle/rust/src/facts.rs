//! What a file imports, and the scopes in which names stand for other paths.

use proc_macro2::{Ident, LineColumn, Span};
use std::collections::{HashMap, HashSet};
use syn::ext::IdentExt;

pub struct Site {
    pub specifier: Option<String>,
    pub kind: &'static str,
    pub form: Option<&'static str>,
    pub names: Vec<String>,
    pub line: usize,
    pub column: usize,
}

pub enum What {
    Use { glob: bool, public: bool },
    Path,
    Plain { form: &'static str, public: bool },
}

pub struct Fact {
    pub what: What,
    pub at: LineColumn,
    pub scope: usize,
    /// For `Plain`, a single element: the specifier; none when it is computed.
    pub path: Vec<String>,
    pub test: bool,
}

enum Binding {
    Declared,
    Use(Vec<String>),
}

pub struct Scope {
    parent: Option<usize>,
    pub modules: Vec<String>,
    pub folder: Option<String>,
    names: HashMap<String, Binding>,
}

#[derive(Default)]
pub struct Facts {
    pub scopes: Vec<Scope>,
    pub list: Vec<Fact>,
    /// Names of `macro_rules!`, which only a `use` of one name can mean.
    pub macros: HashSet<String>,
}

pub fn name(ident: &Ident) -> String {
    ident.unraw().to_string()
}

impl Facts {
    pub fn new() -> Self {
        let mut facts = Facts::default();
        facts.scope(None, Vec::new(), None);
        facts
    }

    pub fn scope(&mut self, parent: Option<usize>, modules: Vec<String>, folder: Option<String>) -> usize {
        self.scopes.push(Scope { parent, modules, folder, names: HashMap::new() });
        self.scopes.len() - 1
    }

    pub fn block(&mut self, parent: usize) -> usize {
        let (modules, folder) = (self.scopes[parent].modules.clone(), self.scopes[parent].folder.clone());
        self.scope(Some(parent), modules, folder)
    }

    pub fn declare(&mut self, scope: usize, ident: &Ident) {
        self.scopes[scope].names.entry(name(ident)).or_insert(Binding::Declared);
    }

    pub fn import(&mut self, scope: usize, alias: String, path: Vec<String>) {
        self.scopes[scope].names.entry(alias).or_insert(Binding::Use(path));
    }

    pub fn add(&mut self, what: What, span: Span, scope: usize, path: Vec<String>, test: bool) {
        self.list.push(Fact { what, at: span.start(), scope, path, test });
    }

    fn expand(&self, path: &[String], scope: usize, except: Option<&[String]>, depth: usize) -> Vec<String> {
        let head = path[0].as_str();
        match head {
            "" | "crate" => return path.to_vec(),
            "self" | "super" => {
                let mut module = self.scopes[scope].modules.clone();
                let mut above = Vec::new();
                let mut rest = if head == "self" { &path[1..] } else { path };
                while rest.first().is_some_and(|segment| segment == "super") {
                    if module.pop().is_none() {
                        above.push("super".to_string());
                    }
                    rest = &rest[1..];
                }
                let mut out = if above.is_empty() { vec!["self".to_string()] } else { above };
                out.extend(module);
                out.extend(rest.iter().cloned());
                return out;
            }
            _ => {}
        }
        if depth > 16 {
            return path.to_vec();
        }
        let mut at = Some(scope);
        while let Some(index) = at {
            let here = &self.scopes[index];
            match here.names.get(head) {
                Some(Binding::Declared) => {
                    let mut out = vec!["self".to_string()];
                    out.extend(here.modules.iter().cloned());
                    out.extend(path.iter().cloned());
                    return out;
                }
                Some(Binding::Use(target)) if except != Some(target.as_slice()) => {
                    let mut out = self.expand(target, index, Some(target), depth + 1);
                    out.extend(path[1..].iter().cloned());
                    return out;
                }
                _ => at = here.parent,
            }
        }
        if path.len() == 1 && self.macros.contains(head) {
            return vec!["self".to_string(), head.to_string()];
        }
        path.to_vec()
    }

    pub fn sites(&self) -> Vec<Site> {
        self.list.iter().map(|fact| self.site(fact)).collect()
    }

    fn site(&self, fact: &Fact) -> Site {
        let last = || fact.path.last().cloned().into_iter().collect::<Vec<_>>();
        let joined = |path: Vec<String>| Some(path.join("::"));
        let (specifier, kind, form, names) = match fact.what {
            What::Use { glob, public } => (
                joined(self.expand(&fact.path, fact.scope, Some(&fact.path), 0)),
                if public { "re-export" } else { "value" },
                None,
                if glob { vec!["*".to_string()] } else { last() },
            ),
            What::Path => (joined(self.expand(&fact.path, fact.scope, None, 0)), "value", Some("path"), last()),
            What::Plain { form, public } => {
                (fact.path.first().cloned(), if public { "re-export" } else { "value" }, Some(form), Vec::new())
            }
        };
        let kind = if fact.test { "test" } else { kind };
        Site { specifier, kind, form, names, line: fact.at.line, column: fact.at.column }
    }
}
