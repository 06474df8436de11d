//! Variables in what was written once: `{{contact.first_name|there}}`, and `{% if contact.name %} ... {% endif %}`.
//!
//! The templates are the agents' own, so nothing but this is understood: a variable we know, words to say when it is empty, and a
//! question whether it is empty. No loop, no function, no arithmetic, so a text cannot grow beyond itself and its values.

use std::{collections::BTreeMap, sync::Arc};

use minijinja::{
    AutoEscape, Environment, Value,
    value::{Enumerator, Object, ObjectRepr},
};
use platform::web::Problem;

/// What may be said of a conversation without knowing it.
pub(super) const VARIABLES: &[&str] = &[
    "contact.name",
    "contact.first_name",
    "contact.email",
    "agent.name",
    "agent.first_name",
    "brand.name",
    "company.name",
    "conversation.number",
    "conversation.subject",
    "location.name",
];

/// A value nobody has told us: it counts as empty, and leaves a mark where it should have stood.
#[derive(Debug)]
struct Unknown(usize);

impl Object for Unknown {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Empty
    }
    fn is_true(self: &Arc<Self>) -> bool {
        false
    }
}

const MARK: char = '\u{e000}';
const LONGEST_VALUE: usize = 300;

/// A text with its variables filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filled {
    /// The text.
    pub text: String,
    /// Variables that had nothing to say and no words in their stead.
    pub missing: Vec<String>,
}

/// Fills texts with what is known of one conversation.
pub(super) struct Filler {
    environment: Environment<'static>,
    values: Value,
}

impl Filler {
    /// `known` gives the value of a variable; none or an empty one is not known.
    pub(super) fn new(known: impl Fn(&str) -> Option<String>) -> Filler {
        let mut parts: BTreeMap<&'static str, BTreeMap<&'static str, Value>> = BTreeMap::new();
        for (at, variable) in VARIABLES.iter().enumerate() {
            let Some((part, name)) = variable.split_once('.') else { continue };
            let value = known(variable).map(|value| value.replace(MARK, "").trim().chars().take(LONGEST_VALUE).collect::<String>());
            let value = value.filter(|value| !value.is_empty()).map_or_else(|| Value::from_object(Unknown(at)), Value::from);
            parts.entry(part).or_default().insert(name, value);
        }
        let values = Value::from(parts.into_iter().map(|(part, values)| (part, Value::from(values))).collect::<BTreeMap<_, _>>());
        Filler { environment: environment(), values }
    }

    /// Fills a text. One that an older version allowed and this one does not is left as it is.
    pub(super) fn fill(&self, text: &str) -> Filled {
        let Ok(Ok(said)) = understood(text).map(|template| self.environment.render_str(&template, &self.values)) else {
            return Filled { text: text.to_owned(), missing: Vec::new() };
        };
        let mut filled = Filled { text: String::with_capacity(said.len()), missing: Vec::new() };
        let mut pieces = said.split(MARK);
        filled.text.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let (variable, rest) = piece.split_at_checked(2).unwrap_or((piece, ""));
            if let Some(name) = variable.parse::<usize>().ok().and_then(|at| VARIABLES.get(at)).map(|name| (*name).to_owned())
                && !filled.missing.contains(&name)
            {
                filled.missing.push(name);
            }
            close_the_gap(&mut filled.text, rest);
        }
        filled
    }
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_formatter(|out, _, value| {
        match value.downcast_object_ref::<Unknown>() {
            Some(Unknown(at)) => write!(out, "{MARK}{at:02}")?,
            None => write!(out, "{value}")?,
        }
        Ok(())
    });
    environment
}

/// Where a value is missing the sentence stays one: "Hello , thanks" becomes "Hello, thanks", and ", thanks" at the start "Thanks".
fn close_the_gap(before: &mut String, rest: &str) {
    let begins = before.is_empty() || before.ends_with('\n');
    if begins {
        let mut rest = rest.trim_start_matches([' ', ',', ';', ':']).chars();
        before.extend(rest.next().into_iter().flat_map(char::to_uppercase));
        before.push_str(rest.as_str());
        return;
    }
    let ends = rest.is_empty() || rest.starts_with([' ', ',', ';', ':', '.', '!', '?', ')', '\n']);
    if ends && before.ends_with(' ') {
        before.truncate(before.trim_end_matches(' ').len());
    }
    before.push_str(rest);
}

/// Whether a text says only what can be filled in; the problem says what is wrong.
pub(super) fn check(pointer: &str, text: &str) -> Result<(), Problem> {
    let template = understood(text).map_err(|wrong| Problem::invalid(pointer, wrong))?;
    let checked = environment().template_from_str(&template).map(drop);
    checked.map_err(|_| Problem::invalid(pointer, "An {% if … %} and its {% endif %} do not match, or the question between them is not complete."))
}

/// The template as the engine reads it, or what is wrong with it.
fn understood(text: &str) -> Result<String, String> {
    let (mut template, mut rest) = (String::with_capacity(text.len() + 32), text.replace(MARK, ""));
    while let Some(at) = rest.find('{') {
        template.push_str(&rest[..at]);
        let from = rest.split_off(at);
        let (piece, length) = match from.as_bytes().get(1) {
            Some(b'{') => within(&from, "}}").and_then(|(inside, length)| Ok((variable(inside)?, length)))?,
            Some(b'%') => within(&from, "%}").and_then(|(inside, length)| Ok((question(inside)?, length)))?,
            // A comment for the engine, two signs for whoever wrote it.
            Some(b'#') => ("{{ \"{#\" }}".to_owned(), 2),
            _ => ("{".to_owned(), 1),
        };
        template.push_str(&piece);
        rest = from[length..].to_owned();
    }
    template.push_str(&rest);
    Ok(template)
}

fn within<'a>(from: &'a str, end: &str) -> Result<(&'a str, usize), String> {
    let at = from.find(end).ok_or_else(|| format!("A {} is not closed by {end}.", &from[..2]))?;
    Ok((&from[2..at], at + end.len()))
}

fn known(name: &str) -> Result<&str, String> {
    let name = name.trim();
    if VARIABLES.contains(&name) { Ok(name) } else { Err(format!("There is no variable {name}. There are: {}.", VARIABLES.join(", "))) }
}

fn variable(inside: &str) -> Result<String, String> {
    let Some((name, instead)) = inside.split_once('|') else { return Ok(format!("{{{{ {} }}}}", known(inside)?)) };
    let instead = instead.trim();
    let bare = ['"', '\''].iter().find_map(|quote| instead.strip_prefix(*quote)?.strip_suffix(*quote)).unwrap_or(instead);
    Ok(format!("{{{{ {} or {} }}}}", known(name)?, serde_json::Value::from(bare)))
}

fn question(inside: &str) -> Result<String, String> {
    let mut words = inside.split_whitespace();
    let begins = match words.next() {
        Some(word @ ("if" | "elif" | "else" | "endif")) => word,
        _ => return Err("Between {% and %} there may be: if, elif, else, endif.".into()),
    };
    let asked: Vec<&str> = words.collect();
    if matches!(begins, "else" | "endif") && !asked.is_empty() {
        return Err(format!("After {begins} comes nothing more."));
    }
    for word in &asked {
        if !matches!(*word, "not" | "and" | "or") {
            known(word)?;
        }
    }
    Ok(format!("{{% {begins} {} %}}", asked.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> Filled {
        Filler::new(|name| match name {
            "contact.name" => Some("Anna de Vries".into()),
            "conversation.number" => Some("1042".into()),
            _ => None,
        })
        .fill(text)
    }
    fn refused(text: &str) -> String {
        check("/text", text).unwrap_err().to_json()["errors"][0]["detail"].as_str().unwrap_or_default().to_owned()
    }

    #[test]
    fn what_is_known_is_said_and_what_is_not_is_said_otherwise() {
        assert_eq!(filled("Hello {{contact.name}}, case {{ conversation.number }}.").text, "Hello Anna de Vries, case 1042.");
        assert_eq!(filled("Hello {{contact.first_name|there}}!"), Filled { text: "Hello there!".into(), missing: vec![] });
        assert_eq!(filled("{{ contact.first_name | 'say \"hi\" {# \\n' }}.").text, "say \"hi\" {# \\n.");
        assert_eq!(filled("{% if contact.first_name %}Dear you{% elif contact.name and not brand.name %}Dear all{% else %}Hello{% endif %}").text, "Dear all");
    }

    #[test]
    fn without_a_value_the_sentence_stays_one_and_it_is_told() {
        let hello = filled("Hello {{contact.first_name}}, thanks.");
        assert_eq!(hello, Filled { text: "Hello, thanks.".into(), missing: vec!["contact.first_name".into()] });
        assert_eq!(filled("{{contact.first_name}}, your parcel is here.\n{{ brand.name }}").text, "Your parcel is here.\n");
        assert_eq!(filled("Write to {{contact.email}} or call {{contact.email}}").missing, ["contact.email"]);
        assert_eq!(filled("{{contact.email|}}").missing, Vec::<String>::new());
    }

    #[test]
    fn braces_of_other_kinds_are_words() {
        assert_eq!(filled("{ {# 50 % } }} %} {contact.name}").text, "{ {# 50 % } }} %} {contact.name}");
    }

    #[test]
    fn what_is_not_known_or_not_closed_is_refused_with_its_name() {
        assert!(refused("Hello {{contact.nmae}}").starts_with("There is no variable contact.nmae. There are: contact.name,"));
        assert!(refused("{{ contact.name").contains("not closed by }}"));
        assert!(refused("{% for x in contact.name %}{% endfor %}").contains("if, elif, else, endif"));
        assert!(refused("{% if contact.name %}Hello").contains("endif"));
        assert!(refused("{{ contact.name * 1000000 }}").contains("no variable"));
        assert!(check("/text", "{{contact.name|a {{b}} c").is_ok());
    }

    #[test]
    fn a_value_is_never_read_as_a_template() {
        let filler = Filler::new(|name| (name == "contact.name").then(|| "{{agent.name}} \u{e000}01{% if %}".into()));
        assert_eq!(filler.fill("Hello {{contact.name}}").text, "Hello {{agent.name}} 01{% if %}");
        assert_eq!(Filler::new(|_| Some("x".repeat(5_000))).fill("{{contact.name}}").text.len(), LONGEST_VALUE);
    }
}
