//! Marks: what documents have besides words. Scope is one of them, so that a question of somebody who may see little costs no more
//! than that of somebody who sees all. The index only narrows: what is shown has been asked of the viewer's right again.

use std::collections::BTreeSet;

use platform::clock::Moment;

use super::question::{Filter, Whose};
use crate::{
    conversations::{MessageKind, Standing},
    viewer::{Part, Permission, Viewer},
};

/// A condition over marks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Marked {
    /// This mark.
    With(String),
    /// A mark from this one to that.
    Between(String, String),
    /// Each of these.
    All(Vec<Marked>),
    /// One of these.
    Any(Vec<Marked>),
}

/// What a document is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Message,
    Note,
    Subject,
}

impl Kind {
    pub(super) fn of(kind: MessageKind) -> Kind {
        if kind == MessageKind::Note { Kind::Note } else { Kind::Message }
    }

    pub(super) fn mark(self) -> String {
        let word = match self {
            Kind::Message => "message",
            Kind::Note => "note",
            Kind::Subject => "subject",
        };
        format!("kind:{word}")
    }
}

/// The day of a document, in UTC.
pub(super) fn day(at: Moment) -> String {
    format!("day:{}", &at.to_string()[..10])
}

/// A tag, to be found by its beginning however it is written.
pub(super) fn tag(tag: &str) -> String {
    format!("tag:{}\t{tag}", wire::fold::fold(tag))
}

/// The tag of a mark.
pub(super) fn tag_of(mark: &str) -> Option<&str> {
    mark.strip_prefix("tag:")?.split_once('\t').map(|(_, tag)| tag)
}

/// The marks of a conversation's documents.
pub(super) fn of_conversation(standing: &Standing) -> BTreeSet<String> {
    let scope = &standing.scope;
    let mut marks = BTreeSet::from([
        format!("brand:{}", scope.brand_id),
        format!("inbox:{}", scope.inbox_id),
        format!("status:{}", standing.status.word()),
        standing.assignee_id.map_or_else(|| "assignee:none".to_owned(), |agent| format!("assignee:{agent}")),
    ]);
    marks.extend(scope.team_id.map(|team| format!("team:{team}")));
    marks.extend(scope.location_id.map(|location| format!("location:{location}")));
    marks.extend(standing.tags.iter().map(|one| tag(one)));
    marks
}

/// What documents a viewer may see; none when that is all of them.
fn sight(viewer: &Viewer) -> Option<Marked> {
    match viewer {
        _ if viewer.sight().0 => None,
        Viewer::Agent(access) => Some(Marked::Any(access.granted(Permission::ConversationsRead).map(granted).collect())),
        _ => Some(Marked::Any(Vec::new())),
    }
}

fn granted(over: &Part) -> Marked {
    let mut all: Vec<Marked> = Vec::new();
    all.extend(over.brand_id.map(|brand| Marked::With(format!("brand:{brand}"))));
    all.extend(over.team_id.map(|team| Marked::With(format!("team:{team}"))));
    all.extend(over.inbox_id.map(|inbox| Marked::With(format!("inbox:{inbox}"))));
    all.extend(over.location_ids.as_ref().map(|ids| Marked::Any(ids.iter().map(|id| Marked::With(format!("location:{id}"))).collect())));
    Marked::All(all)
}

/// What documents are asked for: those of one of these kinds, within the viewer's sight and the filter.
pub(super) fn wanted(viewer: &Viewer, filter: &Filter, kinds: &[Kind]) -> Marked {
    let mut all: Vec<Marked> = sight(viewer).into_iter().collect();
    all.extend(filter.brand_id.map(|brand| Marked::With(format!("brand:{brand}"))));
    all.extend(filter.inbox_id.map(|inbox| Marked::With(format!("inbox:{inbox}"))));
    all.extend(filter.team_id.map(|team| Marked::With(format!("team:{team}"))));
    all.extend(filter.status.map(|status| Marked::With(format!("status:{}", status.word()))));
    all.extend(filter.assignee.map(|whose| match whose {
        Whose::Nobody => Marked::With("assignee:none".into()),
        Whose::Agent(agent) => Marked::With(format!("assignee:{agent}")),
    }));
    all.extend(filter.tag.as_deref().map(|one| Marked::With(tag(one))));
    if filter.from.is_some() || filter.to.is_some() {
        let from = filter.from.map_or_else(|| "day:".to_owned(), day);
        all.push(Marked::Between(from, filter.to.map_or_else(|| "day:~".to_owned(), day)));
    }
    all.push(Marked::Any(kinds.iter().map(|kind| Marked::With(kind.mark())).collect()));
    Marked::All(all)
}
