//! Making two contacts one.

use platform::{
    events::Actor,
    store::{JsonText, Tx},
    web::Problem,
};

use super::{
    duplicates,
    model::{Merge, MergePreview, Moved, NewMerge, Standing},
    store,
};
use crate::{
    ids::{AgentId, ContactId},
    people::{
        contacts::{self, Contact, IdentityKind, Verification},
        store_contacts, store_facts,
    },
    viewer::Viewer,
};

/// As the proof of a merge says that a person decided it.
const BY_AGENT: &str = "agent";

/// Joins `from` into `into` on a proof. What moved is kept, so that it can be undone; whoever owns other rows of a contact moves them
/// when the event arrives.
pub(in crate::people) fn join(tx: &mut Tx<'_>, actor: Actor, by: Option<AgentId>, from: ContactId, into: ContactId, proof: &str) -> Result<Merge, Problem> {
    let system = Viewer::System { reason: "two contacts become one" };
    let (other, survivor) = (store_contacts::contact(tx, &system, from)?, store_contacts::contact(tx, &system, into)?);
    let before = Standing::of(&survivor);
    let after = before.filled_by(&Standing::of(&other));
    store::stand(tx, into, &before, &after)?;
    let moved = Moved {
        identities: store::move_identities(tx, from, into)?,
        notes: store::move_notes(tx, from, into)?,
        facts: store_facts::move_facts(tx, from, into)?,
        before: Some(before),
        after: Some(after),
    };
    store::mark_merged(tx, from, into)?;
    let version = contacts::announce(tx, actor, into, "joined", Some(from.0))?;
    let merge = store::insert(tx, &store::NewRow { from, into, proof, by, version }, &JsonText::of(&moved))?;
    Ok(store::one(tx, merge)?.0)
}

/// Both, as the viewer may see them; one alone is refused like nobody.
fn both(tx: &mut Tx<'_>, viewer: &Viewer, into: ContactId, from: ContactId) -> Result<(Contact, Contact), Problem> {
    let survivor = store_contacts::contact(tx, viewer, into)?;
    if from == into {
        return Err(Problem::invalid("/from_id", "Choose somebody else: this is the same contact."));
    }
    match store_contacts::contact(tx, viewer, from) {
        Ok(other) => Ok((survivor, other)),
        Err(platform::store::Error::NotFound) => Err(Problem::invalid("/from_id", "There is no such contact.")),
        Err(error) => Err(error.into()),
    }
}

/// Whether the company's own systems know them by two ids.
fn are_proved_apart(one: &Contact, other: &Contact) -> bool {
    let proved = |contact: &Contact| -> Vec<String> {
        let is_proved = |kind, verification| kind == IdentityKind::External && verification >= Verification::ChannelVerified;
        contact.identities.iter().filter(|identity| is_proved(identity.kind, identity.verification)).map(|identity| identity.value.clone()).collect()
    };
    let (one, other) = (proved(one), proved(other));
    !one.is_empty() && !other.is_empty() && one.iter().all(|id| !other.contains(id))
}

/// What a merge would do.
pub(super) fn preview(tx: &mut Tx<'_>, viewer: &Viewer, into: ContactId, from: ContactId) -> Result<MergePreview, Problem> {
    let (survivor, other) = both(tx, viewer, into, from)?;
    Ok(MergePreview {
        after: Standing::of(&survivor).filled_by(&Standing::of(&other)),
        proof: duplicates::proof(tx, &survivor, &other)?,
        notes: store::count_notes(tx, from)?,
        proved_apart: are_proved_apart(&survivor, &other),
        into: survivor,
        from: other,
    })
}

/// Merges `from` into a contact, on an agent's word.
pub(super) fn merge(tx: &mut Tx<'_>, viewer: &Viewer, into: ContactId, new: &NewMerge) -> Result<Merge, Problem> {
    let (survivor, other) = both(tx, viewer, into, new.from_id)?;
    if are_proved_apart(&survivor, &other) && !new.although_proved_apart {
        let detail = "Your own systems know these as two customers; merged, each would see the other's conversations in their chat. Nothing was changed.";
        return Err(Problem::conflict("proved_apart", detail));
    }
    join(tx, viewer.actor(), viewer.agent().map(|agent| agent.id), new.from_id, into, BY_AGENT)
}
