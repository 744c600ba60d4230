//! `plan`: follows, urges and consolidates a government plan from plain files.
//!
//! [`run`] is the whole program; tests and fuzzers enter where a person does.

mod agenda;
mod arrivals;
mod calendar;
mod changes;
mod characters;
mod check;
mod cli;
mod diagnostic;
mod doc;
mod draft;
mod form;
mod history;
mod lookup;
mod mail;
mod measure;
mod model;
mod new_year;
mod percent;
mod public;
mod record;
mod register;
mod remark;
mod reminder;
mod render;
mod scaffold;
mod source;
mod status;
mod template;
mod validate;
mod vietnamese;
mod view;
mod workspace;
mod yaml;

pub use cli::{Environment, run};
