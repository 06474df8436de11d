//! Simulated customers: they open a chat, write, read the answer, and answer it.

use std::{sync::Arc, time::Duration};

use platform::web::Problem;
use rand::{RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use rapport::{
    channels::webchat::{self, ChatSaid},
    conversations::Heard,
    desk::Desk,
    ids::{ConversationId, VisitorId},
    live::Listener,
    people::contacts::Profile,
    viewer::Visitor,
};
use serde_json::Value;

use super::{
    data::Data,
    past,
    script::{Case, weighted},
};

/// Customers who are in a chat at the same time, at most.
const AT_ONCE: usize = 12;
/// A customer who hears nothing for this long closes the page.
const PATIENCE: Duration = Duration::from_secs(20 * 60);

/// Sends customers in for as long as the server runs: quickly at first, so that a newcomer sees life, then calmly.
pub async fn run(desk: Desk, data: Arc<Data>) {
    let mut random = StdRng::seed_from_u64(desk.store.chance().below(u64::MAX));
    let Ok(inboxes) = inboxes(&desk).await else { return };
    let here = Arc::new(tokio::sync::Semaphore::new(AT_ONCE));
    let mut stopping = desk.stopping.subscribe();
    for number in 0_u64.. {
        let seconds = match number {
            0 => 3,
            1..=5 => random.random_range(5..9),
            6..=20 => random.random_range(15..40),
            _ => random.random_range(45..150),
        };
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(seconds)) => {}
            _ = stopping.changed() => return,
        }
        let Ok(place) = here.clone().try_acquire_owned() else { continue };
        let Some((brand, inbox)) = inboxes.choose(&mut random).cloned() else { return };
        let (desk, data, seed) = (desk.clone(), data.clone(), random.random());
        platform::jobs::spawn("a simulated customer", async move {
            let mut stay = desk.stopping.subscribe();
            tokio::select! {
                result = visit(&desk, &data, &brand, inbox, seed) => if let Err(error) = result {
                    tracing::debug!(target: "demo", %error, "a simulated customer went away");
                },
                _ = stay.changed() => {}
            }
            drop(place);
        });
    }
}

async fn inboxes(desk: &Desk) -> Result<Vec<(String, rapport::ids::InboxId)>, Problem> {
    let url = desk.config.public_url.clone();
    let data = Data::read().map_err(Problem::fault)?;
    let inboxes = desk.store.read(move |tx| rapport::channels::list_inboxes(tx, &url)).await?;
    Ok(data.company.inboxes.iter().zip(inboxes).map(|(told, inbox)| (told.brand.clone(), inbox.id)).collect())
}

/// One visit, from opening the chat to leaving it.
async fn visit(desk: &Desk, data: &Data, brand: &str, inbox_id: rapport::ids::InboxId, seed: u64) -> anyhow::Result<()> {
    let mut random = StdRng::seed_from_u64(seed);
    let mut customers = past::customers(data, &mut random)?;
    let customer = customers.swap_remove(random.random_range(0..customers.len())).customer;
    let fitting: Vec<_> = data.scenarios.iter().filter(|scenario| scenario.brands.iter().any(|known| known == brand)).collect();
    let Some(scenario) = weighted(&fitting, |scenario| scenario.weight, &mut random) else { return Ok(()) };
    let script = scenario.script(&customer.language)?;
    let now = desk.store.clock().now();
    let values = Case::new(data, Some(scenario), brand, &customer, now, &mut random)?;
    let visitor = Visitor::new(VisitorId(desk.store.chance().id(now)), inbox_id);
    let profile = Profile {
        name: Some(customer.full_name.clone()),
        email: Some(customer.email.clone()),
        phone: None,
        language: Some(customer.language.clone()),
        time_zone: Some(customer.time_zone.clone()),
    };
    let who = visitor.clone();
    let known = desk.store.write(move |tx| webchat::introduce(tx, &who, &profile, None)).await.map_err(crate::told)?;
    desk.presence.visitor_came(visitor.id, known.contact_id);
    let listener = Listener::Visitor { visitor: visitor.clone(), signed: None };
    let (seat, mut frames) = desk.hub.connect(listener, vec![visitor.id.0]);
    let result = talk(desk, data, &customer, &script, &values, &visitor, &mut frames, &mut random).await;
    drop(seat);
    desk.presence.visitor_left(visitor.id);
    result
}

#[expect(clippy::too_many_arguments, reason = "who talks, about what, with what words")]
async fn talk(
    desk: &Desk,
    data: &Data,
    customer: &super::script::Customer,
    script: &super::data::Script,
    values: &Case,
    visitor: &Visitor,
    frames: &mut tokio::sync::mpsc::Receiver<platform::live::Frame>,
    random: &mut StdRng,
) -> anyhow::Result<()> {
    let mut answers: Vec<&String> = script.answers.iter().collect();
    let Some(opener) = script.openers.choose(random) else { return Ok(()) };
    say(desk, visitor, &values.fill(opener, "", customer.feminine)).await?;
    while let Ok(Some(frame)) = tokio::time::timeout(PATIENCE, frames.recv()).await {
        let frame: Value = serde_json::from_str(&frame)?;
        let reply = frame["type"] == "message_created" && frame["message"]["kind"] == "reply";
        let (Ok(id), Some(seq), true) = (serde_json::from_value::<ConversationId>(frame["conversation_id"].clone()), frame["message"]["seq"].as_i64(), reply)
        else {
            continue;
        };
        let agent = frame["message"]["author"]["name"].as_str().unwrap_or_default().to_owned();
        webchat::http::note_receipt(desk, visitor.clone(), id, seq, Heard::Delivered).await.map_err(crate::told)?;
        tokio::time::sleep(Duration::from_secs(random.random_range(2..6))).await;
        webchat::http::note_receipt(desk, visitor.clone(), id, seq, Heard::Read).await.map_err(crate::told)?;
        tokio::time::sleep(Duration::from_secs(random.random_range(3..12))).await;
        rapport::live::visitor_types(desk, visitor, true).await;
        tokio::time::sleep(Duration::from_secs(random.random_range(3..16))).await;
        let ends = answers.is_empty();
        let text = if ends {
            data.follow_ups
                .get(&customer.language)
                .and_then(|texts| if random.random_bool(0.8) { texts.content.choose(random) } else { texts.still_waiting.choose(random) })
        } else {
            Some(answers.swap_remove(random.random_range(0..answers.len())))
        };
        let Some(text) = text else { return Ok(()) };
        say(desk, visitor, &values.fill(text, &agent, customer.feminine)).await?;
        rapport::live::visitor_types(desk, visitor, false).await;
        if ends {
            return Ok(());
        }
    }
    Ok(())
}

async fn say(desk: &Desk, visitor: &Visitor, text: &str) -> anyhow::Result<()> {
    let said = ChatSaid { text: text.to_owned(), attachment_ids: Vec::new(), page: None };
    webchat::accept(desk, visitor, said, Some(desk.store.chance().token()), true).await.map(drop).map_err(crate::told)
}
