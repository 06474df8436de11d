//! The running product: the router, and everything that runs beside requests.

use axum::{Router, middleware::map_response};
use platform::{crypto, dispatch, jobs, positions, web};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use crate::{
    automation,
    conversations::saved_views,
    desk::Desk,
    live, pages,
    reactions::{CARRIERS, REACTIONS},
    routes, schedule, search,
};

/// Every route, with a policy on every response.
pub fn router(desk: Desk) -> Router {
    web::router(routes::routes()).fallback(|| async { web::Problem::not_found() }).layer(map_response(pages::secure)).with_state(desk)
}

/// Starts what runs beside requests: reactions, jobs, live updates, other nodes, sightings.
pub async fn start_background(desk: &Desk) -> Result<Vec<JoinHandle<()>>, platform::store::Error> {
    desk.room.look(&desk.store);
    // From here on the clock is compared with time that passes.
    let _ = desk.store.clock().jumped();
    let doers = schedule::doers();
    jobs::schedule(&desk.store, &doers).await?;
    let feed = live::Feed::begin(desk).await?;
    Ok(vec![
        jobs::spawn("positions", positions::run(desk.store.clone(), CARRIERS, desk.nodes.clone())),
        jobs::spawn("reactions", dispatch::run(desk.store.clone(), REACTIONS)),
        jobs::spawn("jobs", jobs::work(desk.store.clone(), desk.clone(), doers)),
        jobs::spawn("search", search::run(desk.store.clone())),
        jobs::spawn("saved views", saved_views::run(desk.store.clone())),
        jobs::spawn("automation", automation::run(desk.store.clone())),
        jobs::spawn("live", feed.run()),
        jobs::spawn("master keys", crypto::follow(desk.store.clone(), desk.vault.clone())),
        jobs::spawn("nodes", live::run_nodes(desk.clone())),
        jobs::spawn("room", desk.room.clone().watch(desk.store.clone())),
        jobs::spawn("sightings", desk.sightings.clone().run(desk.store.clone())),
        jobs::spawn("rate limits", schedule::tidy_rate_limits(desk.clone())),
    ])
}

/// Serves until `stop` becomes true, then finishes what has begun and closes the database.
pub async fn serve(desk: Desk, listener: TcpListener, mut stop: watch::Receiver<bool>) -> Result<(), platform::store::Error> {
    let background = start_background(&desk).await?;
    let stopping = desk.stopping.clone();
    let told = jobs::spawn("stop", async move {
        let _ = stop.wait_for(|stop| *stop).await;
        // Consoles and chats are told to come back before their requests are counted out.
        let _ = stopping.send(true);
    });
    web::server::serve(listener, router(desk.clone()), desk.stopping.subscribe()).await;
    told.abort();
    live::take_leave(&desk).await;
    for task in &background {
        task.abort();
    }
    let _ = desk.sightings.flush(&desk.store).await;
    let store = desk.store.clone();
    let _ = tokio::task::spawn_blocking(move || store.close()).await;
    Ok(())
}

/// The OpenAPI document.
pub fn openapi() -> serde_json::Value {
    pages::openapi()
}
