//! Walks syn's tree of one file.

use crate::facts::{name, Facts, Site, What};
use crate::tokens;
use proc_macro2::{Ident, TokenStream};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::*;

pub struct Reader {
    pub facts: Facts,
    pub scope: usize,
    pub test: bool,
}

pub fn read(file: &File) -> Vec<Site> {
    let mut reader = Reader { facts: Facts::new(), scope: 0, test: false };
    reader.visit_file(file);
    reader.facts.sites()
}

const TOOLS: [&str; 12] = [
    "allow", "warn", "deny", "forbid", "expect", "feature", "cfg", "rustfmt", "clippy", "rustdoc", "rustc", "miri",
];
pub const TEMPLATES: [&str; 5] = ["quote", "quote_spanned", "parse_quote", "parse_quote_spanned", "macro_rules"];

fn requires_test(meta: &Meta) -> bool {
    match meta {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) => {
            let Ok(parts) = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated) else {
                return false;
            };
            if list.path.is_ident("all") {
                parts.iter().any(requires_test)
            } else {
                list.path.is_ident("any") && !parts.is_empty() && parts.iter().all(requires_test)
            }
        }
        Meta::NameValue(_) => false,
    }
}

pub fn is_test(attribute: &Attribute) -> bool {
    let path = attribute.path();
    if path.is_ident("cfg") {
        return attribute.parse_args::<Meta>().is_ok_and(|meta| requires_test(&meta));
    }
    path.is_ident("bench") || path.segments.last().is_some_and(|segment| segment.ident == "test")
}

/// What `path = "…"` says, in `#[path]` and in `#[cfg_attr]`.
fn module_paths(attributes: &[Attribute]) -> (Option<String>, Vec<String>) {
    let (mut own, mut maybe) = (None, Vec::new());
    let value = |meta: &Meta| match meta {
        Meta::NameValue(MetaNameValue { path, value: Expr::Lit(ExprLit { lit: Lit::Str(text), .. }), .. })
            if path.is_ident("path") =>
        {
            Some(text.value())
        }
        _ => None,
    };
    for attribute in attributes {
        own = value(&attribute.meta).or(own);
        if attribute.path().is_ident("cfg_attr") {
            if let Ok(parts) = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated) {
                maybe.extend(parts.iter().skip(1).filter_map(value));
            }
        }
    }
    (own, maybe)
}

impl Reader {
    pub fn within(&mut self, attributes: &[Attribute], read: impl FnOnce(&mut Self)) {
        let before = self.test;
        // `#![cfg(test)]` of a module is an attribute of the module's own.
        self.test |= attributes.iter().any(is_test);
        read(self);
        self.test = before;
    }

    pub fn in_block(&mut self, read: impl FnOnce(&mut Self)) {
        let before = self.scope;
        self.scope = self.facts.block(before);
        read(self);
        self.scope = before;
    }

    fn in_module(&mut self, ident: &Ident, folder: Option<String>, read: impl FnOnce(&mut Self)) {
        let before = self.scope;
        let around = &self.facts.scopes[before];
        let mut modules = around.modules.clone();
        modules.push(name(ident));
        let step = folder.clone().unwrap_or_else(|| name(ident));
        let folder = match &around.folder {
            Some(base) => Some(format!("{base}/{step}")),
            None => folder,
        };
        self.scope = self.facts.scope(None, modules, folder);
        read(self);
        self.scope = before;
    }

    pub fn use_tree(&mut self, tree: &UseTree, prefix: &[String], at: Option<proc_macro2::Span>, public: bool) {
        let mut path = prefix.to_vec();
        let leaf = |this: &mut Self, path: Vec<String>, alias: Option<String>, glob, at| {
            if path.is_empty() {
                return;
            }
            if let Some(alias) = alias {
                this.facts.import(this.scope, alias, path.clone());
            }
            this.facts.add(What::Use { glob, public }, at, this.scope, path, this.test);
        };
        match tree {
            UseTree::Path(step) => {
                path.push(name(&step.ident));
                self.use_tree(&step.tree, &path, at.or(Some(step.ident.span())), public);
            }
            UseTree::Name(step) => {
                if step.ident != "self" || path.is_empty() {
                    path.push(name(&step.ident));
                }
                let alias = path.last().cloned();
                leaf(self, path, alias, false, at.unwrap_or_else(|| step.ident.span()));
            }
            UseTree::Rename(step) => {
                if step.ident != "self" || path.is_empty() {
                    path.push(name(&step.ident));
                }
                let alias = Some(name(&step.rename)).filter(|alias| alias != "_");
                leaf(self, path, alias, false, at.unwrap_or_else(|| step.ident.span()));
            }
            UseTree::Glob(star) => {
                leaf(self, path, None, true, at.unwrap_or_else(|| star.star_token.spans[0]));
            }
            UseTree::Group(group) => {
                for item in &group.items {
                    self.use_tree(item, &path, None, public);
                }
            }
            #[allow(unreachable_patterns)]
            _ => {}
        }
    }

    pub fn path(&mut self, path: &Path, take: usize, head: bool) {
        let mut segments = Vec::new();
        if path.leading_colon.is_some() {
            segments.push(String::new());
        }
        for segment in path.segments.iter().take(take) {
            segments.push(name(&segment.ident));
            if !segment.arguments.is_none() {
                break;
            }
        }
        if head {
            self.path_fact(segments, path.segments[0].ident.span(), &path.segments[0].ident);
        }
    }

    pub fn path_fact(&mut self, segments: Vec<String>, span: proc_macro2::Span, ident: &Ident) {
        if segments.len() < 2 {
            return;
        }
        let primitive = matches!(
            segments[0].as_str(),
            "i8" | "i16" | "i32" | "i64" | "i128" | "isize" | "u8" | "u16" | "u32" | "u64" | "u128" | "usize"
                | "f16" | "f32" | "f64" | "f128" | "bool" | "char" | "str"
        );
        let capital = segments[0].chars().next().is_some_and(char::is_uppercase);
        let raw = ident.to_string().starts_with("r#");
        if !capital && (raw || !primitive) {
            self.facts.add(What::Path, span, self.scope, segments, self.test);
        }
    }

    fn qualified(&mut self, qself: &Option<QSelf>, path: &Path) {
        if let Some(qself) = qself {
            self.visit_type(&qself.ty);
            self.path(path, qself.position, qself.position > 0);
        } else {
            self.path(path, usize::MAX, true);
        }
        for segment in &path.segments {
            self.visit_path_arguments(&segment.arguments);
        }
    }

    fn verbatim(&mut self, tokens: &TokenStream) {
        tokens::read(self, tokens.clone(), false);
    }

    pub fn macro_call(&mut self, last: &str, tokens: &TokenStream, delimiter: &MacroDelimiter) {
        if TEMPLATES.contains(&last) {
            return;
        }
        if matches!(last, "include" | "include_str" | "include_bytes") {
            tokens::include(self, tokens, delimiter.span().open());
        }
        tokens::arguments(self, tokens, last == "cfg_if");
    }
}

macro_rules! with_attributes {
    ($($method:ident($node:ty) $walk:path;)*) => {
        $(fn $method(&mut self, node: &'a $node) {
            self.within(&node.attrs, |this| $walk(this, node));
        })*
    };
}

fn item_attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::ExternCrate(it) => &it.attrs,
        Item::Fn(it) => &it.attrs,
        Item::ForeignMod(it) => &it.attrs,
        Item::Impl(it) => &it.attrs,
        Item::Macro(it) => &it.attrs,
        Item::Mod(it) => &it.attrs,
        Item::Static(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Trait(it) => &it.attrs,
        Item::TraitAlias(it) => &it.attrs,
        Item::Type(it) => &it.attrs,
        Item::Union(it) => &it.attrs,
        Item::Use(it) => &it.attrs,
        _ => &[],
    }
}

fn expression_attributes(expression: &Expr) -> &[Attribute] {
    match expression {
        Expr::Array(it) => &it.attrs,
        Expr::Assign(it) => &it.attrs,
        Expr::Async(it) => &it.attrs,
        Expr::Await(it) => &it.attrs,
        Expr::Binary(it) => &it.attrs,
        Expr::Block(it) => &it.attrs,
        Expr::Call(it) => &it.attrs,
        Expr::Closure(it) => &it.attrs,
        Expr::Field(it) => &it.attrs,
        Expr::ForLoop(it) => &it.attrs,
        Expr::If(it) => &it.attrs,
        Expr::Loop(it) => &it.attrs,
        Expr::Macro(it) => &it.attrs,
        Expr::Match(it) => &it.attrs,
        Expr::MethodCall(it) => &it.attrs,
        Expr::Path(it) => &it.attrs,
        Expr::Return(it) => &it.attrs,
        Expr::Struct(it) => &it.attrs,
        Expr::Try(it) => &it.attrs,
        Expr::Unsafe(it) => &it.attrs,
        Expr::While(it) => &it.attrs,
        _ => &[],
    }
}

impl<'a> Visit<'a> for Reader {
    fn visit_file(&mut self, file: &'a File) {
        self.within(&file.attrs, |this| visit::visit_file(this, file));
    }

    fn visit_item(&mut self, item: &'a Item) {
        if let Item::Verbatim(tokens) = item {
            self.verbatim(tokens);
            return;
        }
        self.within(item_attributes(item), |this| {
            match item {
                Item::Enum(it) => this.facts.declare(this.scope, &it.ident),
                Item::Struct(it) => this.facts.declare(this.scope, &it.ident),
                Item::Trait(it) => this.facts.declare(this.scope, &it.ident),
                Item::TraitAlias(it) => this.facts.declare(this.scope, &it.ident),
                Item::Type(it) => this.facts.declare(this.scope, &it.ident),
                Item::Union(it) => this.facts.declare(this.scope, &it.ident),
                _ => {}
            }
            visit::visit_item(this, item);
        });
    }

    fn visit_item_mod(&mut self, item: &'a ItemMod) {
        for attribute in &item.attrs {
            self.visit_attribute(attribute);
        }
        self.facts.declare(self.scope, &item.ident);
        let (own, maybe) = module_paths(&item.attrs);
        if let Some((_, items)) = &item.content {
            self.in_module(&item.ident, own, |this| {
                for item in items {
                    this.visit_item(item);
                }
            });
            return;
        }
        let scope = &self.facts.scopes[self.scope];
        let (folder, modules) = (scope.folder.clone(), scope.modules.clone());
        let form = if folder.is_none() && !modules.is_empty() { "mod-inline-path" } else { "mod-path" };
        let base = folder.clone().unwrap_or_else(|| modules.join("/"));
        let below = |path: &str| if base.is_empty() { path.to_string() } else { format!("{base}/{path}") };
        let ident = name(&item.ident);
        let plain = if let Some(path) = own {
            vec![(form, below(&path))]
        } else if folder.is_some() {
            vec![(form, below(&format!("{ident}.rs")))]
        } else {
            let own = if maybe.is_empty() { "mod" } else { "mod-maybe" };
            let mut path = modules.clone();
            path.push(ident);
            let mut plain: Vec<_> = maybe.iter().map(|path| (form, below(path))).collect();
            plain.push((own, path.join("::")));
            plain
        };
        for (form, specifier) in plain {
            let what = What::Plain { form, public: false };
            self.facts.add(what, item.ident.span(), self.scope, vec![specifier], self.test);
        }
    }

    fn visit_item_use(&mut self, item: &'a ItemUse) {
        for attribute in &item.attrs {
            self.visit_attribute(attribute);
        }
        let public = !matches!(item.vis, Visibility::Inherited);
        let prefix: Vec<String> = item.leading_colon.iter().map(|_| String::new()).collect();
        self.use_tree(&item.tree, &prefix, None, public);
    }

    fn visit_item_extern_crate(&mut self, item: &'a ItemExternCrate) {
        for attribute in &item.attrs {
            self.visit_attribute(attribute);
        }
        let krate = name(&item.ident);
        if let Some((_, alias)) = &item.rename {
            let path = if krate == "self" { vec!["crate".into()] } else { vec![String::new(), krate.clone()] };
            if alias != "_" && name(alias) != krate {
                self.facts.import(self.scope, name(alias), path);
            }
        }
        if krate != "self" {
            let public = !matches!(item.vis, Visibility::Inherited);
            let what = What::Plain { form: "extern-crate", public };
            self.facts.add(what, item.ident.span(), self.scope, vec![krate], self.test);
        }
    }

    fn visit_item_macro(&mut self, item: &'a ItemMacro) {
        if let Some(ident) = &item.ident {
            self.facts.macros.insert(name(ident));
        }
        visit::visit_item_macro(self, item);
    }

    with_attributes! {
        visit_field(Field) visit::visit_field;
        visit_variant(Variant) visit::visit_variant;
        visit_field_value(FieldValue) visit::visit_field_value;
        visit_arm(Arm) visit::visit_arm;
        visit_local(Local) visit::visit_local;
        visit_stmt_macro(StmtMacro) visit::visit_stmt_macro;
    }

    fn visit_impl_item(&mut self, item: &'a ImplItem) {
        let attributes: &[Attribute] = match item {
            ImplItem::Const(it) => &it.attrs,
            ImplItem::Fn(it) => &it.attrs,
            ImplItem::Type(it) => &it.attrs,
            ImplItem::Macro(it) => &it.attrs,
            ImplItem::Verbatim(tokens) => return self.verbatim(tokens),
            _ => &[],
        };
        self.within(attributes, |this| visit::visit_impl_item(this, item));
    }

    fn visit_trait_item(&mut self, item: &'a TraitItem) {
        let attributes: &[Attribute] = match item {
            TraitItem::Const(it) => &it.attrs,
            TraitItem::Fn(it) => &it.attrs,
            TraitItem::Type(it) => &it.attrs,
            TraitItem::Macro(it) => &it.attrs,
            TraitItem::Verbatim(tokens) => return self.verbatim(tokens),
            _ => &[],
        };
        self.within(attributes, |this| visit::visit_trait_item(this, item));
    }

    fn visit_foreign_item(&mut self, item: &'a ForeignItem) {
        match item {
            ForeignItem::Verbatim(tokens) => self.verbatim(tokens),
            _ => visit::visit_foreign_item(self, item),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Verbatim(tokens) = expression {
            return self.verbatim(tokens);
        }
        self.within(expression_attributes(expression), |this| visit::visit_expr(this, expression));
    }

    fn visit_type(&mut self, node: &'a Type) {
        match node {
            Type::Verbatim(tokens) => self.verbatim(tokens),
            _ => visit::visit_type(self, node),
        }
    }

    fn visit_pat(&mut self, node: &'a Pat) {
        match node {
            Pat::Verbatim(tokens) => self.verbatim(tokens),
            _ => visit::visit_pat(self, node),
        }
    }

    fn visit_block(&mut self, block: &'a Block) {
        self.in_block(|this| visit::visit_block(this, block));
    }

    /// `pub(in a::b)` is no import.
    fn visit_visibility(&mut self, _: &'a Visibility) {}

    fn visit_path(&mut self, path: &'a Path) {
        self.qualified(&None, path);
    }

    fn visit_expr_path(&mut self, node: &'a ExprPath) {
        for attribute in &node.attrs {
            self.visit_attribute(attribute);
        }
        self.qualified(&node.qself, &node.path);
    }

    fn visit_type_path(&mut self, node: &'a TypePath) {
        self.qualified(&node.qself, &node.path);
    }

    fn visit_expr_struct(&mut self, node: &'a ExprStruct) {
        for attribute in &node.attrs {
            self.visit_attribute(attribute);
        }
        self.qualified(&node.qself, &node.path);
        for field in &node.fields {
            self.visit_field_value(field);
        }
        if let Some(rest) = &node.rest {
            self.visit_expr(rest);
        }
    }

    fn visit_pat_struct(&mut self, node: &'a PatStruct) {
        self.qualified(&node.qself, &node.path);
        for field in &node.fields {
            self.visit_field_pat(field);
        }
    }

    fn visit_pat_tuple_struct(&mut self, node: &'a PatTupleStruct) {
        self.qualified(&node.qself, &node.path);
        for part in &node.elems {
            self.visit_pat(part);
        }
    }

    fn visit_attribute(&mut self, attribute: &'a Attribute) {
        let path = attribute.path();
        let first = name(&path.segments[0].ident);
        if TOOLS.contains(&first.as_str()) || first == "diagnostic" {
            return;
        }
        match &attribute.meta {
            Meta::Path(path) => self.path(path, usize::MAX, true),
            Meta::List(list) => {
                self.path(&list.path, usize::MAX, true);
                tokens::read(self, list.tokens.clone(), false);
            }
            Meta::NameValue(pair) => {
                self.path(&pair.path, usize::MAX, true);
                self.visit_expr(&pair.value);
            }
        }
    }

    fn visit_macro(&mut self, node: &'a Macro) {
        self.path(&node.path, usize::MAX, true);
        let last = node.path.segments.last().map(|segment| name(&segment.ident)).unwrap_or_default();
        self.macro_call(&last, &node.tokens, &node.delimiter);
    }
}
