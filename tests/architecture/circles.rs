//! No file of `src/` is in a circle of files that name each other.

use std::collections::BTreeMap;

use super::{Module, modules};

/// What a child of a module names among its siblings, files below both included, by a file that does.
type Named = BTreeMap<(String, String), String>;

fn siblings_named(modules: &[Module]) -> Named {
    let mut named = Named::new();
    for module in modules.iter().filter(|module| !["lib", "main"].contains(&module.top())) {
        let own: Vec<&str> = module.path.split("::").collect();
        for path in module.paths() {
            let Some(target) = home(modules, &path) else { continue };
            let target: Vec<&str> = target.path.split("::").collect();
            let shared = own.iter().zip(&target).take_while(|(a, b)| a == b).count();
            if shared < own.len() && shared < target.len() {
                let siblings = (own[..=shared].join("::"), target[..=shared].join("::"));
                named.insert(siblings, module.file.clone());
            }
        }
    }
    named
}

/// The module that holds what a path names, through what the modules on the way import or hand on.
fn home<'m>(modules: &'m [Module], path: &[String]) -> Option<&'m Module> {
    let find = |path: &[String]| {
        let path = path.join("::");
        modules.iter().find(|module| module.path == path)
    };
    let depth = (1..=path.len()).rev().find(|&depth| find(&path[..depth]).is_some())?;
    let holder = find(&path[..depth])?;
    let Some(name) = path.get(depth) else { return Some(holder) };
    if let Some(imported) = holder.imported(name) {
        return if imported[..] == path[..=depth] { Some(holder) } else { home(modules, imported) };
    }
    // A word that a module has and does not import is its own.
    let all_of = holder.imports.iter().filter_map(|imported| find(imported.strip_suffix(&["*".to_owned()])?));
    let mut below = all_of.filter_map(|below| match below.imported(name) {
        Some(imported) if imported.join("::").starts_with(&format!("{}::", below.path)) => home(modules, imported),
        Some(_) => None,
        None => below.has(name).then_some(below),
    });
    below.next().or(Some(holder))
}

/// What is named by somebody who is named by it, however far round.
fn circles(named: &Named) -> Vec<String> {
    let in_circle = |(from, to): &(String, String)| {
        let mut reached = vec![to];
        let mut at = 0;
        while at < reached.len() {
            let next = named.keys().filter(|(next, _)| next == reached[at]).map(|(_, to)| to);
            let new: Vec<&String> = next.filter(|to| !reached.contains(to)).collect();
            reached.extend(new);
            at += 1;
        }
        reached.contains(&from)
    };
    let pairs = named.iter().filter(|(pair, _)| in_circle(pair));
    pairs.map(|((from, to), file)| format!("{from} names {to} ({file})")).collect()
}

/// A circle is two or more children of one module, each with all that lies below it, of which each names the next
/// and the last the first: none can be read without the others. A file and the one that it lies below are no circle:
/// a module is made of its children, and they share what it declares. What a module only imports or hands on
/// (`pub use`) is where it is declared.
#[test]
fn no_files_name_each_other_in_a_circle() {
    assert_eq!(circles(&siblings_named(&modules())), [] as [String; 0]);
}

#[test]
fn circles_are_found_through_what_is_handed_on_and_at_every_depth() {
    let module = |path: &str, code: &str| Module::new(path.to_owned(), path.to_owned(), code.to_owned());
    for (about, files, found) in [
        (
            "two siblings",
            vec![("a", "use crate::b::X;"), ("b", "fn f() -> crate::a::Y {}")],
            vec!["a names b (a)", "b names a (b)"],
        ),
        ("one way alone", vec![("a", "use crate::b::X;"), ("b", "fn f() {}")], vec![]),
        ("a file and the one above", vec![("a", "mod b;\nuse b::X;"), ("a::b", "use super::Y;")], vec![]),
        (
            "three, below a module",
            vec![("a", ""), ("a::b", "use super::c;"), ("a::c", "use super::d;"), ("a::d", "use crate::a::b::X;")],
            vec!["a::b names a::c (a::b)", "a::c names a::d (a::c)", "a::d names a::b (a::d)"],
        ),
        (
            "what lies below counts for the one above it",
            vec![("a", ""), ("a::b", "use crate::c::X;"), ("c", ""), ("c::d", "use crate::{a::b, e};"), ("e", "")],
            vec!["a names c (a::b)", "c names a (c::d)"],
        ),
        (
            "handed on",
            vec![
                ("a", "pub(crate) use b::{X as Z, Y};\npub use self::c::W;"),
                ("a::b", "use super::W;"),
                ("a::c", "use super::Y;"),
            ],
            vec!["a::b names a::c (a::b)", "a::c names a::b (a::c)"],
        ),
        (
            "handed on by a star",
            vec![
                ("a", "pub(crate) use b::*;\npub use c::*;"),
                ("a::b", "use super::W;\nids! { Y }"),
                ("a::c", "use super::Y;\nstruct W(Y);"),
            ],
            vec!["a::b names a::c (a::b)", "a::c names a::b (a::c)"],
        ),
    ] {
        let modules: Vec<Module> = files.into_iter().map(|(path, code)| module(path, code)).collect();
        assert_eq!(circles(&siblings_named(&modules)), found, "{about}");
    }
}
