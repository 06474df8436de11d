//! What others see of this server: its public address, the certificate, and what the proxy in front lets through.

use std::{io, net::IpAddr, sync::Arc, time::Duration};

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use http::{StatusCode, Uri};
use http_body_util::{BodyExt, Empty, Limited};
use hyper_util::rt::TokioIo;
use ipnet::IpNet;
use rustls::{CertificateError, pki_types::ServerName};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::TlsConnector;
use tokio_tungstenite::{
    client_async,
    tungstenite::{self, Message},
};
use x509_cert::der::Decode;

use super::Finding;
use crate::{
    clock::{Clock, Moment},
    jobs::spawn,
    tls,
};

/// A person would have turned away by then.
const WITHIN: Duration = Duration::from_secs(10);
/// What renews certificates by itself does so a month before their end; two weeks before it, it has failed.
const RENEW_DAYS: u64 = 14;
const PAGE: &str = "docs/operate/proxies.md has whole configurations for nginx and Caddy";

/// What is looked at from outside.
#[derive(Clone, Copy, Debug)]
pub struct Outside<'a> {
    /// Where people reach the server.
    pub public_url: &'a str,
    /// Networks whose forwarding headers are believed.
    pub trusted_proxies: &'a [IpNet],
    /// A path that answers 200 as long as the process lives.
    pub health: &'a str,
    /// The path of the WebSocket.
    pub socket: &'a str,
}

/// Goes to the public address as a browser would. Needs a running server; writes nothing.
pub async fn outside(what: Outside<'_>, clock: &Clock) -> Vec<Finding> {
    let Some(place) = Place::of(what.public_url) else {
        return vec![Finding::fault("public", format!("public_url \"{}\" is no address", what.public_url), "Write it as https://help.example.com")];
    };
    let mut found: Vec<_> = trusted(&place, what.trusted_proxies).into_iter().collect();
    let way = match timeout(WITHIN, connect(&place)).await {
        Ok(Ok(way)) => way,
        Ok(Err(finding)) => {
            found.push(finding);
            return found;
        }
        Err(_) => {
            found.push(unreachable(&place, "no answer within 10 seconds"));
            return found;
        }
    };
    found.extend(encrypted(&place, way.ends, clock.now()));
    found.push(healthy(&place, way.stream, what.health).await);
    if let Ok(Ok(way)) = timeout(WITHIN, connect(&place)).await {
        found.push(socket(&place, way.stream, what.socket).await);
    }
    found
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// A connection, and when its certificate ends.
struct Way {
    stream: Box<dyn Stream>,
    ends: Option<Moment>,
}

struct Place {
    shown: String,
    host: String,
    port: u16,
    is_https: bool,
}

impl Place {
    fn of(url: &str) -> Option<Place> {
        let uri: Uri = url.parse().ok()?;
        let is_https = uri.scheme_str()? == "https";
        let host = uri.host()?.trim_matches(['[', ']']).to_owned();
        let port = uri.port_u16().unwrap_or(if is_https { 443 } else { 80 });
        Some(Place { shown: url.to_owned(), host, port, is_https })
    }

    fn authority(&self) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        if self.port == if self.is_https { 443 } else { 80 } { host } else { format!("{host}:{}", self.port) }
    }

    fn is_this_machine(&self) -> bool {
        self.host == "localhost" || self.host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback() || address.is_unspecified())
    }
}

/// TLS is the proxy's work, so with https there is one, and it must be believed about callers.
fn trusted(place: &Place, networks: &[IpNet]) -> Option<Finding> {
    if !place.is_https {
        return None;
    }
    Some(if networks.is_empty() {
        Finding::warning(
            "proxy",
            "trusted_proxies is empty, and behind a proxy every caller then has the proxy's address: rate limits meet all of them together",
            "Name the proxy's network, e.g. trusted_proxies = \"127.0.0.1/32\", and have it send X-Forwarded-For",
        )
    } else {
        let named: Vec<_> = networks.iter().map(ToString::to_string).collect();
        Finding::ok("proxy", format!("callers' addresses are believed from {}", named.join(", ")))
    })
}

async fn connect(place: &Place) -> Result<Way, Finding> {
    let plain = TcpStream::connect((place.host.as_str(), place.port)).await.map_err(|error| unreachable(place, &error.to_string()))?;
    if !place.is_https {
        return Ok(Way { stream: Box::new(plain), ends: None });
    }
    let client = tls::client(None).map_err(|error| Finding::warning("tls", error, "Install the package ca-certificates"))?;
    let name = ServerName::try_from(place.host.clone()).map_err(|error| unreachable(place, &error.to_string()))?;
    let stream = TlsConnector::from(Arc::new(client)).connect(name, plain).await.map_err(|error| refused(place, &error))?;
    let certificates = stream.get_ref().1.peer_certificates().unwrap_or_default();
    let ends = certificates.first().and_then(|first| x509_cert::Certificate::from_der(first).ok()).and_then(|certificate| {
        let seconds = certificate.tbs_certificate.validity.not_after.to_unix_duration().as_secs();
        i64::try_from(seconds).ok()?.checked_mul(1_000_000).map(Moment)
    });
    Ok(Way { stream: Box::new(stream), ends })
}

fn unreachable(place: &Place, why: &str) -> Finding {
    Finding::warning(
        "public",
        format!("{} cannot be reached from this machine: {why}", place.shown),
        "Check public_url, its name in DNS, the firewall, and that the proxy runs. If others do reach it, this machine's router does not lead it back to itself",
    )
}

/// Why the certificate is not believed, in words.
fn refused(place: &Place, error: &io::Error) -> Finding {
    let reason = match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(rustls::Error::InvalidCertificate(reason)) => reason,
        _ => return Finding::fault("tls", format!("{} does not speak TLS: {error}", place.shown), format!("Give the proxy a certificate; {PAGE}")),
    };
    let says = match reason {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "has expired: browsers turn people away",
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => "is not valid yet: it, or this machine's clock, is wrong",
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => "is for another name: browsers turn people away",
        CertificateError::UnknownIssuer => "comes from an authority this machine does not know (self-signed, or the chain is incomplete)",
        _ => "is not believed",
    };
    Finding::fault(
        "tls",
        format!("the certificate of {} {says} ({reason})", place.shown),
        "Renew it, with its whole chain (certbot: fullchain.pem). For an authority of your own, name its file in SSL_CERT_FILE when you run this",
    )
}

fn encrypted(place: &Place, ends: Option<Moment>, now: Moment) -> Option<Finding> {
    if !place.is_https {
        return (!place.is_this_machine()).then(|| {
            Finding::warning(
                "tls",
                format!("{} has no TLS: passwords and messages can be read on the way", place.shown),
                format!("Put a proxy with a certificate in front and begin public_url with https://; {PAGE}"),
            )
        });
    }
    let Some(ends) = ends else { return Some(Finding::ok("tls", "the certificate is believed")) };
    let days = ends.since(now).as_secs() / 86_400;
    Some(if days < RENEW_DAYS {
        Finding::warning("tls", format!("the certificate ends in {days} days"), "Renew it, and find out why that did not happen by itself")
    } else {
        Finding::ok("tls", format!("the certificate is valid for {} and {days} more days", place.host))
    })
}

async fn healthy(place: &Place, stream: Box<dyn Stream>, path: &str) -> Finding {
    let address = format!("{}{path}", place.shown);
    let (status, body) = match timeout(WITHIN, ask(place, stream, path)).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => return unreachable(place, &error),
        Err(_) => return unreachable(place, "no answer within 10 seconds"),
    };
    match status.as_u16() {
        200 if body.starts_with(br#"{"status":"ok""#) => Finding::ok("public", format!("{address} answers")),
        200 => Finding::fault("public", format!("something else answers at {address}"), "Point public_url, or the proxy, at this server"),
        502..=504 => Finding::fault(
            "public",
            format!("{address} answers {status}: the proxy is there and does not reach this server"),
            "Compare the address in the proxy's configuration (proxy_pass, reverse_proxy) with `listen`",
        ),
        _ => Finding::fault("public", format!("{address} answers {status} instead of 200"), format!("Hand every path through, with Host unchanged; {PAGE}")),
    }
}

async fn ask(place: &Place, stream: Box<dyn Stream>, path: &str) -> Result<(StatusCode, Bytes), String> {
    let told = |error: hyper::Error| error.to_string();
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(told)?;
    spawn("doctor's connection", async move { drop(connection.await) });
    let request = http::Request::get(path).header("host", place.authority()).body(Empty::<Bytes>::new()).map_err(|error| error.to_string())?;
    let answer = sender.send_request(request).await.map_err(told)?;
    let status = answer.status();
    let body = Limited::new(answer.into_body(), 16 * 1024).collect().await.map_err(|error| error.to_string())?;
    Ok((status, body.to_bytes()))
}

async fn socket(place: &Place, stream: Box<dyn Stream>, path: &str) -> Finding {
    const NGINX: &str = "nginx needs proxy_http_version 1.1, proxy_set_header Upgrade $http_upgrade and proxy_set_header Connection $connection_upgrade";
    const MEANWHILE: &str = "until then consoles ask every 10 seconds, and chats use server-sent events";
    let mend = format!("{NGINX}; Caddy needs nothing; Apache needs upgrade=websocket with ProxyPass. {PAGE}");
    let blocked = |says: String| Finding::warning("websocket", format!("{says}; {MEANWHILE}"), mend.clone());
    let url = format!("{}://{}{path}", if place.is_https { "wss" } else { "ws" }, place.authority());
    let mut open = match timeout(WITHIN, client_async(url, stream)).await {
        Ok(Ok((open, _))) => open,
        Ok(Err(tungstenite::Error::Http(answer))) => {
            return blocked(match answer.status() {
                StatusCode::UPGRADE_REQUIRED => "the proxy drops the header Upgrade, so no WebSocket can be opened (426)".into(),
                status => format!("a WebSocket is answered {status} instead of 101"),
            });
        }
        Ok(Err(error)) => return blocked(format!("no WebSocket can be opened: {error}")),
        Err(_) => return blocked("a WebSocket is not answered within 10 seconds".into()),
    };
    // Some that answer 101 let nothing through afterwards.
    let heard = timeout(WITHIN, async {
        open.send(Message::Ping(Bytes::from_static(b"doctor"))).await?;
        open.next().await.unwrap_or(Err(tungstenite::Error::ConnectionClosed))
    })
    .await;
    let _ = timeout(WITHIN, open.close(None)).await;
    match heard {
        Ok(Ok(_)) => Finding::ok("websocket", format!("a WebSocket can be opened at {}{path}, and frames pass both ways", place.shown)),
        _ => blocked("a WebSocket is answered 101, and then no frame passes".into()),
    }
}
