//! Twelve months of conversations, written in the order they happened, each at its moment.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use indicatif::ProgressBar;
use platform::{
    clock::{Clock, Moment},
    sightings::{self, Sighting},
    store::Tx,
    web::Problem,
};
use rand::{Rng, RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use rapport::{
    channels::webchat,
    conversations::{self, ConversationChange, Inbound, NewNote, NewReply, Priority, Status},
    desk::Desk,
    ids::{ApiTokenId, ConversationId, VisitorId},
    people::{self, contacts::Profile},
    timeline,
    viewer::{AgentAccess, Scope, Through, Viewer, Visitor},
};

use super::{
    data::{Data, Turn},
    script::{Case, Customer, digits, weighted},
    seed::Made,
};
use crate::told;

const CONTACTS: usize = 400;
const DAY: i64 = 86_400_000_000;
const MINUTE: i64 = 60_000_000;

/// Something that happened.
enum Act {
    Says(String),
    Answers(usize, String),
    Notes(usize, String),
    Labels { tags: Vec<String>, priority: Priority, team: Option<rapport::ids::TeamId> },
    Becomes(ConversationChange),
    Sees(String, String),
    Reports(String, serde_json::Map<String, serde_json::Value>),
    NotesOnCustomer(usize, String),
}

struct Happening {
    at: Moment,
    case: usize,
    contact: usize,
    brand: String,
    act: Act,
}

/// A customer and their session, once they have been met.
pub struct Known {
    pub customer: Customer,
    external_id: Option<String>,
    visitor: Option<Visitor>,
}

/// Draws the customers of the company.
pub fn customers(data: &Data, random: &mut impl Rng) -> anyhow::Result<Vec<Known>> {
    let mut known = Vec::with_capacity(CONTACTS);
    let mut taken = HashSet::new();
    while known.len() < CONTACTS {
        let Some(language) = weighted(&data.languages, |language| language.share, random) else { anyhow::bail!("no languages") };
        let feminine = random.random_bool(0.5);
        let names = if feminine { &language.feminine } else { &language.masculine };
        let (Some(given), Some(surname), Some(place), Some(domain)) =
            (names.given.choose(random), names.surname.choose(random), language.places.choose(random), language.email_domains.choose(random))
        else {
            anyhow::bail!("a language lacks names")
        };
        let full_name = format!("{given} {surname}");
        if !taken.insert(full_name.clone()) {
            continue;
        }
        let local: String = latin(&full_name).replace(' ', ".");
        let phone = data.phone_patterns.choose(random).filter(|_| random.random_bool(0.3)).map(|pattern| digits(pattern, random));
        let customer = Customer {
            first_name: given.clone(),
            full_name,
            email: format!("{local}@{domain}"),
            phone,
            language: language.language.clone(),
            feminine,
            country: place.country.clone(),
            time_zone: place.time_zone.clone(),
        };
        let external_id = random.random_bool(0.45).then(|| format!("customer-{}", 10_000 + known.len()));
        known.push(Known { customer, external_id, visitor: None });
    }
    Ok(known)
}

/// A name as an address would have it.
fn latin(name: &str) -> String {
    const CYRILLIC: [(&str, &str); 33] = [
        ("а", "a"),
        ("б", "b"),
        ("в", "v"),
        ("г", "g"),
        ("д", "d"),
        ("е", "e"),
        ("ё", "e"),
        ("ж", "zh"),
        ("з", "z"),
        ("и", "i"),
        ("й", "y"),
        ("к", "k"),
        ("л", "l"),
        ("м", "m"),
        ("н", "n"),
        ("о", "o"),
        ("п", "p"),
        ("р", "r"),
        ("с", "s"),
        ("т", "t"),
        ("у", "u"),
        ("ф", "f"),
        ("х", "h"),
        ("ц", "ts"),
        ("ч", "ch"),
        ("ш", "sh"),
        ("щ", "sch"),
        ("ъ", ""),
        ("ы", "y"),
        ("ь", ""),
        ("э", "e"),
        ("ю", "yu"),
        ("я", "ya"),
    ];
    let folded = rapport::name_key(name);
    folded
        .chars()
        .map(|character| {
            let text = character.to_string();
            CYRILLIC.iter().find(|(from, _)| *from == text).map_or(text, |(_, to)| (*to).to_owned())
        })
        .collect::<String>()
        .replace('\'', "")
}

/// Writes the past.
pub async fn write(desk: &Desk, clock: &Clock, data: &Arc<Data>, made: &Made, conversations: usize, now: Moment, bar: &ProgressBar) -> anyhow::Result<()> {
    let mut random = StdRng::seed_from_u64(7700);
    let mut known = customers(data, &mut random)?;
    let mut happened = Vec::new();
    let mut busy_until = vec![Moment(0); known.len()];
    let mut starts: Vec<Moment> = (0..conversations).map(|_| start(now, &mut random)).collect();
    starts.sort_unstable();
    for (case, at) in starts.into_iter().enumerate() {
        // One case at a time: a customer who is still being helped does not open another.
        let contact = (0..20).map(|_| random.random_range(0..known.len())).find(|contact| busy_until[*contact] < at).unwrap_or(case % known.len());
        busy_until[contact] = plan(data, made, &known[contact].customer, case, contact, at, now, &mut random, &mut happened)?;
    }
    happened.sort_by_key(|moment| moment.at);
    let mut access = Vec::new();
    for agent in &made.agents {
        let id = *agent;
        access.push(
            desk.store
                .read(move |tx| people::access_of(tx, id, Through::Token(ApiTokenId::default())))
                .await?
                .ok_or_else(|| anyhow::anyhow!("an agent is missing"))?,
        );
    }
    let access = Arc::new(access);
    let mut threads: HashMap<usize, ConversationId> = HashMap::new();
    let mut started = 0;
    for moment in happened {
        clock.advance(moment.at.since(clock.now()));
        let scope = scope_of(made, &moment.brand)?;
        let conversation = perform(desk, &access, &mut known[moment.contact], scope, threads.get(&moment.case).copied(), moment.act).await?;
        if let Some(conversation) = conversation
            && threads.insert(moment.case, conversation).is_none()
        {
            started += 1;
            bar.set_position(started);
        }
    }
    clock.advance(now.since(clock.now()));
    Ok(())
}

fn scope_of(made: &Made, brand: &str) -> anyhow::Result<Scope> {
    made.inboxes.iter().find(|(key, _)| key == brand).map(|(_, scope)| *scope).ok_or_else(|| anyhow::anyhow!("brand {brand} has no inbox"))
}

/// More happened lately than long ago, and mostly by day.
fn start(now: Moment, random: &mut impl Rng) -> Moment {
    let days = if random.random_bool(0.07) { random.random_range(0.02..4.0) } else { random.random_range(4.0..362.0) };
    let at = now.0 - (days * DAY as f64) as i64;
    let hour = (at / 3_600_000_000) % 24;
    let moved = if hour < 7 && at + 8 * 3_600_000_000 < now.0 { at + 8 * 3_600_000_000 } else { at };
    Moment(moved)
}

/// Plans one conversation; when its customer is free again.
#[expect(clippy::too_many_arguments, reason = "one case is drawn from everything that is known")]
fn plan(
    data: &Data,
    made: &Made,
    customer: &Customer,
    case: usize,
    contact: usize,
    at: Moment,
    now: Moment,
    random: &mut StdRng,
    out: &mut Vec<Happening>,
) -> anyhow::Result<Moment> {
    let Some(scenario) = weighted(&data.scenarios, |scenario| scenario.weight, random) else { anyhow::bail!("no scenarios") };
    let Some(brand) = scenario.brands.choose(random).cloned() else { anyhow::bail!("a scenario has no brand") };
    let script = scenario.script(&customer.language)?;
    let values = Case::new(data, Some(scenario), &brand, customer, at, random)?;
    let agent = pick_agent(data, &customer.language, &scenario.team, random);
    let recent = now.0 - at.0 < 4 * DAY;
    let outcomes: Vec<(&String, &u32)> = scenario.outcomes.iter().collect();
    let outcome = weighted(&outcomes, |(_, weight)| **weight, random).filter(|_| recent).map_or("resolved", |(outcome, _)| outcome.as_str());
    let turns = cut(&script.turns, outcome);
    let mut push = |at: i64, act: Act| out.push(Happening { at: Moment(at), case, contact, brand: brand.clone(), act });
    before_writing(data, &brand, customer, &values, at, random, &mut push);
    let mut t = at.0;
    let latest = now.0 - MINUTE;
    for (index, turn) in turns.iter().enumerate() {
        let again = index > 0 && turn.who == "customer" && turns[index - 1].who == "customer";
        // The second time is the day the text names; for a recent case that day has not come.
        if again && recent {
            break;
        }
        t += match (index, again, turn.who.as_str()) {
            (0, ..) => 0,
            (_, true, _) => random.random_range(18 * 60..50 * 60) * MINUTE,
            (_, _, "agent") => random.random_range(1..14) * MINUTE + random.random_range(0..MINUTE),
            _ => random.random_range(1..40) * MINUTE + random.random_range(0..MINUTE),
        };
        if t > latest {
            break;
        }
        let (name, feminine) = (&data.company.agents[agent].name, data.company.agents[agent].writes == "feminine");
        push(
            t,
            match turn.who.as_str() {
                "agent" => Act::Answers(agent, values.fill(&turn.text, name, feminine)),
                "note" => Act::Notes(agent, values.fill(&turn.text, name, feminine)),
                _ => Act::Says(values.fill(&turn.text, name, customer.feminine)),
            },
        );
        if index == 0 {
            let priorities: Vec<(&String, &u32)> = scenario.priorities.iter().collect();
            let priority = weighted(&priorities, |(_, weight)| **weight, random).and_then(|(word, _)| Priority::from_word(word)).unwrap_or(Priority::Normal);
            push(t + 1000, Act::Labels { tags: scenario.tags.clone(), priority, team: made.teams.get(&scenario.team).copied() });
        }
    }
    t += random.random_range(2..30) * MINUTE;
    let status = |status: Status| ConversationChange { status: Some(status), ..ConversationChange::default() };
    match outcome {
        "resolved" if t < latest => push(t, Act::Becomes(status(Status::Resolved))),
        "snoozed" if t < latest => push(
            t,
            Act::Becomes(ConversationChange { snoozed_until: Some(Moment(now.0 + random.random_range(2..70) * 60 * MINUTE)), ..ConversationChange::default() }),
        ),
        _ => {}
    }
    if random.random_bool(0.03) && t < latest {
        push(t + MINUTE, Act::NotesOnCustomer(agent, values.fill("{product}, {order}", "", false)));
    }
    // Within the time in which a new message would reopen the old case, the customer stays busy.
    Ok(if outcome == "resolved" { Moment(t + 4 * DAY) } else { Moment(i64::MAX) })
}

/// What the customer did before writing: pages, and what the shop's systems report.
fn before_writing(data: &Data, brand: &str, customer: &Customer, values: &Case, at: Moment, random: &mut StdRng, push: &mut impl FnMut(i64, Act)) {
    let web = data.company.brands.iter().find(|known| known.key == brand).map_or("shop.example.com", |known| known.web.as_str());
    let pages: Vec<_> = data.pages.iter().filter(|page| page.brand == brand).collect();
    for step in (1..=random.random_range(1..4)).rev() {
        let Some(page) = pages.choose(random) else { break };
        let title = page.title.get(&customer.language).map(|title| values.fill(title, "", false)).unwrap_or_default();
        push(at.0 - step * 40_000_000, Act::Sees(format!("https://{web}{}", values.fill(&page.path, "", false)), title));
    }
    if random.random_bool(0.25)
        && let Some(event) = data.events.choose(random)
    {
        let properties = event.properties.iter().map(|(name, value)| (name.clone(), values.fill(value, "", false).into())).collect();
        push(at.0 - random.random_range(60..3 * 1440) * MINUTE, Act::Reports(event.name.clone(), properties));
    }
}

fn pick_agent(data: &Data, language: &str, team: &str, random: &mut impl Rng) -> usize {
    let all: Vec<usize> = (0..data.company.agents.len()).collect();
    let speaks = |index: &&usize| data.company.agents[**index].languages.iter().any(|spoken| spoken == language);
    let in_team = |index: &&usize| data.company.agents[**index].teams.iter().any(|key| key == team);
    let best: Vec<usize> = all.iter().filter(speaks).filter(in_team).copied().collect();
    let good: Vec<usize> = all.iter().filter(speaks).copied().collect();
    best.choose(random).or_else(|| good.choose(random)).copied().unwrap_or(0)
}

/// An open case ends with the customer's words, a waiting one with the agent's.
fn cut(turns: &[Turn], outcome: &str) -> Vec<Turn> {
    let last = match outcome {
        "open" => turns.iter().rposition(|turn| turn.who == "customer").filter(|at| *at > 0 || turns.len() == 1).unwrap_or(0),
        "waiting" => turns.iter().rposition(|turn| turn.who == "agent").unwrap_or(turns.len().saturating_sub(1)),
        _ => turns.len().saturating_sub(1),
    };
    turns[..=last.min(turns.len().saturating_sub(1))].to_vec()
}

async fn perform(
    desk: &Desk,
    access: &Arc<Vec<AgentAccess>>,
    known: &mut Known,
    scope: Scope,
    conversation: Option<ConversationId>,
    act: Act,
) -> anyhow::Result<Option<ConversationId>> {
    let (customer, external_id, visitor) = (known.customer.clone(), known.external_id.clone(), known.visitor.clone());
    let access = access.clone();
    let act = Arc::new(act);
    let (visitor, conversation) = desk
        .store
        .write(move |tx| {
            let visitor = match &visitor {
                Some(visitor) => visitor.clone(),
                None => Visitor::new(tx.id::<VisitorId>(), scope.inbox_id),
            };
            let conversation = happen(tx, &access, &customer, external_id.as_deref(), &visitor, scope, conversation, &act)?;
            Ok::<_, Problem>((visitor, conversation))
        })
        .await
        .map_err(told)?;
    known.visitor = Some(visitor);
    Ok(conversation)
}

#[expect(clippy::too_many_arguments, reason = "who, where, and what")]
fn happen(
    tx: &mut Tx<'_>,
    access: &[AgentAccess],
    customer: &Customer,
    external_id: Option<&str>,
    visitor: &Visitor,
    scope: Scope,
    conversation: Option<ConversationId>,
    act: &Act,
) -> Result<Option<ConversationId>, Problem> {
    let agent = |index: usize| Viewer::Agent(Arc::new(access[index].clone()));
    let session = match webchat::known(tx, visitor)? {
        session if session.contact_id.is_some() => session,
        _ => {
            let profile = Profile {
                name: Some(customer.full_name.clone()),
                email: Some(customer.email.clone()),
                phone: customer.phone.clone(),
                language: Some(customer.language.clone()),
                time_zone: Some(customer.time_zone.clone()),
            };
            webchat::introduce(tx, visitor, &profile, external_id)?
        }
    };
    let Some(contact_id) = session.contact_id else { return Ok(None) };
    match (act, conversation) {
        (Act::Says(text), _) => {
            let inbound = Inbound {
                contact_id,
                identity_id: session.identity_id,
                name: Some(customer.full_name.clone()),
                scope,
                channel: "webchat",
                visitor_id: Some(visitor.id),
                verification: session.verification,
                text: text.clone(),
                attachment_ids: Vec::new(),
                key: None,
                rejoin: Duration::from_secs(72 * 3600),
            };
            return Ok(Some(conversations::receive(tx, &inbound)?.conversation_id));
        }
        (Act::Sees(url, title), _) => {
            let now = tx.now();
            sightings::insert(tx, &Sighting { who: visitor.id.0, at: now, kind: "page", what: url.clone(), title: Some(title.clone()) })?;
        }
        (Act::Reports(name, properties), _) => {
            timeline::track(tx, platform::events::Actor::SYSTEM, contact_id, name, properties, None)?;
        }
        (Act::NotesOnCustomer(index, text), _) => {
            people::contacts::note(tx, &agent(*index), contact_id, text)?;
        }
        (Act::Answers(index, text), Some(id)) => {
            let new = NewReply { text: text.clone(), identity_id: None, seen_seq: None, attachment_ids: Vec::new(), then: None };
            let reply = conversations::reply(tx, &agent(*index), id, &new, None)?;
            conversations::receipt(tx, id, visitor.id, None, reply.seq, conversations::Heard::Read)?;
        }
        (Act::Notes(index, text), Some(id)) => {
            conversations::note(
                tx,
                &agent(*index),
                id,
                &NewNote { text: text.clone(), mentions: Vec::new(), team_mentions: Vec::new(), attachment_ids: Vec::new() },
                None,
            )?;
        }
        (Act::Labels { tags, priority, team }, Some(id)) => {
            let change = ConversationChange { tags: Some(tags.clone()), priority: Some(*priority), team_id: team.map(Some), ..ConversationChange::default() };
            conversations::change(tx, &Viewer::System { reason: "demo" }, id, None, &change)?;
        }
        (Act::Becomes(change), Some(id)) => {
            conversations::change(tx, &Viewer::System { reason: "demo" }, id, None, change)?;
        }
        (_, None) => {}
    }
    Ok(conversation)
}
