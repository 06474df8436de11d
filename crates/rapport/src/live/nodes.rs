//! What nodes tell each other besides the log: who is here, and what passes in a moment.
//!
//! Only facts travel. Each node builds its own frames from current state, for those connected to it who may see them.

use std::time::Duration;

use platform::{
    nodes::{Heard, Link},
    store::Error,
};
use serde::{Deserialize, Serialize};
use tokio::{sync::mpsc, time::MissedTickBehavior};

use super::talk;
use crate::{
    desk::Desk,
    ids::{AgentId, ConversationId},
    places,
    presence::{Here, News},
};

/// Everything is stated this often, so that a word that was lost is mended.
const STATE_AGAIN: Duration = Duration::from_secs(10);
const LOOK: Duration = Duration::from_secs(1);
const QUEUE: usize = 4096;

/// What is true for a moment and nobody keeps.
#[derive(Serialize, Deserialize)]
#[serde(tag = "word", rename_all = "snake_case")]
pub(super) enum Passing {
    /// A node has come: say who is here.
    Hello {},
    /// Somebody types, or has stopped.
    Typing { conversation_id: ConversationId, by: Typist, on: bool },
}

/// Who types.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Typist {
    Agent { id: AgentId, name: String, note: bool },
    Contact {},
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Word {
    Here(Here),
    Passing(Passing),
}

/// Speaks with the other nodes for as long as the store is open; at once done where there are none.
pub async fn run(desk: Desk) {
    if desk.nodes.is_alone() {
        return;
    }
    let installation = loop {
        match desk.store.read(places::installation).await {
            Ok(installation) => break installation,
            Err(Error::Closed) => return,
            Err(_) => tokio::time::sleep(LOOK).await,
        }
    };
    let (say, heard) = mpsc::channel(QUEUE);
    tokio::select! {
        () = desk.nodes.clone().run(desk.store.clone(), installation, say) => {}
        () = listen(&desk, heard) => {}
    }
}

/// The node ends: the others need not wait until it has been silent for too long.
pub async fn take_leave(desk: &Desk) {
    desk.nodes.say(&Here::Bye {});
    desk.nodes.flush().await;
}

async fn listen(desk: &Desk, mut heard: mpsc::Receiver<Heard>) {
    let mut look = tokio::time::interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut stated_at = desk.store.clock().now();
    loop {
        let news = tokio::select! {
            word = heard.recv() => match word {
                None => return,
                Some(Heard::Back) => {
                    desk.nodes.say(&Passing::Hello {});
                    desk.presence.state();
                    News::default()
                }
                Some(Heard::Said { node, content }) => match serde_json::from_str(&content) {
                    Ok(Word::Here(word)) => desk.presence.hear(node, word, desk.store.clock().now()),
                    Ok(Word::Passing(Passing::Hello {})) => {
                        desk.presence.state();
                        News::default()
                    }
                    Ok(Word::Passing(Passing::Typing { conversation_id, by, on })) => {
                        talk::types_elsewhere(desk, conversation_id, &by, on).await;
                        News::default()
                    }
                    // A newer node may know more words.
                    Err(_) => News::default(),
                },
            },
            _ = look.tick() => {
                if desk.store.is_closed() {
                    return;
                }
                let now = desk.store.clock().now();
                if desk.nodes.link() == Link::Up && (now.since(stated_at) >= STATE_AGAIN || desk.nodes.has_missed()) {
                    stated_at = now;
                    desk.presence.state();
                }
                desk.presence.forget_silent(now)
            }
        };
        if !news.agents.is_empty() {
            talk::tell_colleagues(desk, &news.agents).await;
        }
        if !desk.hub.is_empty() {
            for conversation in news.conversations {
                talk::tell_presence(desk, conversation).await;
            }
        }
    }
}
