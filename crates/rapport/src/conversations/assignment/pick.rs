//! Who gets a conversation: pure, over what is known of the team.

use std::collections::HashSet;

use super::model::Method;
use crate::ids::AgentId;

/// A member of the team.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) id: AgentId,
    /// Takes work at the moment.
    pub(super) available: bool,
    pub(super) capacity: i64,
    pub(super) load: i64,
    pub(super) skills: Vec<String>,
    pub(super) languages: Vec<String>,
    /// When they had their turn; the smallest is next.
    pub(super) turn: i64,
}

impl Member {
    pub(super) fn has_room(&self, weight: i64) -> bool {
        self.available && self.load + weight <= self.capacity
    }
}

/// What a conversation asks for.
pub(super) struct Wanted<'a> {
    pub(super) weight: i64,
    pub(super) tags: &'a [String],
    pub(super) language: Option<&'a str>,
    /// Who had the customer last.
    pub(super) previous: Option<AgentId>,
}

/// Those who may get it, the best first.
pub(super) fn candidates<'a>(members: &'a [Member], method: Method, wanted: &Wanted<'_>) -> Vec<&'a Member> {
    let known: HashSet<&String> = members.iter().flat_map(|member| &member.skills).collect();
    let asked: Vec<&String> = wanted.tags.iter().filter(|tag| known.contains(tag)).collect();
    let can = |member: &&Member| member.has_room(wanted.weight) && asked.iter().all(|skill| member.skills.contains(skill));
    let mut found: Vec<&Member> = members.iter().filter(can).collect();
    // Who has said no language answers in any, and who speaks the customer's goes before who does not.
    let speaks = |member: &Member| member.languages.is_empty() || wanted.language.is_none_or(|language| member.languages.iter().any(|own| own == language));
    found.sort_by(|one, other| {
        let rank = |member: &Member| (!speaks(member), wanted.previous != Some(member.id));
        rank(one)
            .cmp(&rank(other))
            .then_with(|| match method {
                // By what is left of each one's capacity, compared without division.
                Method::LeastLoaded => (one.load * other.capacity).cmp(&(other.load * one.capacity)),
                Method::RoundRobin | Method::Manual => std::cmp::Ordering::Equal,
            })
            .then_with(|| (one.turn, one.id).cmp(&(other.turn, other.id)))
    });
    found
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn member(n: u128) -> Member {
        Member { id: AgentId(Uuid::from_u128(n)), available: true, capacity: 4, load: 0, skills: vec![], languages: vec![], turn: 0 }
    }

    fn first(members: &[Member], method: Method, wanted: &Wanted<'_>) -> Option<u128> {
        candidates(members, method, wanted).first().map(|member| member.id.0.as_u128())
    }

    const ANY: Wanted<'_> = Wanted { weight: 1, tags: &[], language: None, previous: None };

    #[test]
    fn round_robin_goes_by_turn_and_least_loaded_by_what_is_left() {
        let members = [Member { turn: 3, load: 1, ..member(1) }, Member { turn: 2, load: 3, ..member(2) }, Member { turn: 1, load: 4, ..member(3) }];

        assert_eq!(first(&members, Method::RoundRobin, &ANY), Some(2), "the third is full");
        assert_eq!(first(&members, Method::LeastLoaded, &ANY), Some(1));
        let large = [Member { capacity: 100, load: 30, ..member(1) }, Member { capacity: 2, load: 1, ..member(2) }];
        assert_eq!(first(&large, Method::LeastLoaded, &ANY), Some(1), "by share, not by number");
    }

    #[test]
    fn nobody_gets_what_does_not_fit() {
        let members = [Member { load: 3, ..member(1) }, Member { available: false, ..member(2) }];

        assert_eq!(first(&members, Method::RoundRobin, &Wanted { weight: 2, ..ANY }), None);
        assert_eq!(first(&members, Method::RoundRobin, &ANY), Some(1));
    }

    #[test]
    fn a_tag_that_names_a_skill_asks_for_it_and_any_other_tag_does_not() {
        let tags = ["vip".to_owned(), "billing".to_owned()];
        let members = [member(1), Member { turn: 9, skills: vec!["billing".into()], ..member(2) }];

        assert_eq!(first(&members, Method::RoundRobin, &Wanted { tags: &tags, ..ANY }), Some(2));
        assert_eq!(first(&members, Method::RoundRobin, &Wanted { tags: &tags[..1], ..ANY }), Some(1));
        let away = [member(1), Member { available: false, ..members[1].clone() }];
        assert_eq!(first(&away, Method::RoundRobin, &Wanted { tags: &tags, ..ANY }), None, "it waits for who can");
    }

    #[test]
    fn the_language_goes_before_the_previous_agent_and_both_before_the_turn() {
        let speaks = |n, turn, language: &str| Member { turn, languages: vec![language.into()], ..member(n) };
        let members = [speaks(1, 1, "en"), speaks(2, 2, "pl"), speaks(3, 3, "pl")];
        let previous = |n: u128| Some(AgentId(Uuid::from_u128(n)));

        assert_eq!(first(&members, Method::RoundRobin, &Wanted { language: Some("pl"), ..ANY }), Some(2));
        assert_eq!(first(&members, Method::RoundRobin, &Wanted { language: Some("pl"), previous: previous(3), ..ANY }), Some(3));
        assert_eq!(first(&members, Method::RoundRobin, &Wanted { language: Some("pl"), previous: previous(1), ..ANY }), Some(2));
        assert_eq!(first(&members, Method::RoundRobin, &Wanted { language: Some("ru"), ..ANY }), Some(1), "rather another language than none");
    }
}
