//! The listening socket: time limits for slow clients, small buffers, a stop that finishes what has begun.

use std::{convert::Infallible, net::SocketAddr, time::Duration};

use axum::{Router, body::Body};
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::TcpListener,
    sync::{mpsc, watch},
};
use tower::{ServiceExt, service_fn};

use crate::jobs::spawn;

/// Who is at the other end of the socket.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Requests that are running when the stop comes have this long to finish.
const FINISH_WITHIN: Duration = Duration::from_secs(8);

/// Serves until `stop` becomes true, then lets running requests finish, at most eight seconds.
pub async fn serve(listener: TcpListener, router: Router, mut stop: watch::Receiver<bool>) {
    // Every connection holds a sender; the channel ends with the last of them.
    let (open, mut all_closed) = mpsc::channel::<()>(1);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stopped(&mut stop) => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let _ = stream.set_nodelay(true);
                let router = router.clone();
                let service = service_fn(move |mut request: hyper::Request<Incoming>| {
                    request.extensions_mut().insert(Peer(peer));
                    let router = router.clone();
                    async move { Ok::<_, Infallible>(router.oneshot(request.map(Body::new)).await.unwrap_or_else(|never: Infallible| match never {})) }
                });
                let connection = hyper::server::conn::http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(Duration::from_secs(30))
                    .max_buf_size(16 * 1024)
                    .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
                    .with_upgrades();
                let (open, mut stop) = (open.clone(), stop.clone());
                spawn("connection", async move {
                    let mut connection = std::pin::pin!(connection);
                    // A client that goes away in the middle is not worth a word in the log.
                    tokio::select! {
                        _ = connection.as_mut() => {}
                        () = stopped(&mut stop) => {
                            connection.as_mut().graceful_shutdown();
                            let _ = connection.await;
                        }
                    }
                    drop(open);
                });
            }
            Err(error) => {
                // Out of file descriptors, most likely: the ones in use must be given time to close.
                tracing::warn!(target: "web", %error, "cannot take a connection");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop((listener, open));
    if tokio::time::timeout(FINISH_WITHIN, all_closed.recv()).await.is_err() {
        tracing::warn!(target: "web", "some requests did not finish in time and were cut");
    }
}

/// Resolves once the process has been asked to stop, also when that was before.
pub async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// The address of the request's sender: the peer, or what a trusted proxy says.
pub fn client_address(request: &http::request::Parts, trusted: &[ipnet::IpNet]) -> Option<std::net::IpAddr> {
    let peer = request.extensions.get::<Peer>()?.0.ip();
    let mut client = peer;
    let forwarded = request.headers.get_all("x-forwarded-for");
    let hops: Vec<&str> = forwarded.iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).map(str::trim).collect();
    // From the nearest hop outwards, as long as the one before is trusted.
    for hop in hops.iter().rev() {
        if !trusted.iter().any(|network| network.contains(&client)) {
            break;
        }
        let Ok(address) = hop.parse() else { break };
        client = address;
    }
    Some(client)
}
