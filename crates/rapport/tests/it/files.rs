//! Files: durable before they are referenced, typed by their bytes, seen by whoever may see the message.

use axum::body::Body;
use http::Request;
use http_body_util::BodyExt;
use rapport::viewer::Role;
use serde_json::{Value, json};
use testkit::TestDesk;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tower::ServiceExt;

async fn upload(desk: &TestDesk, path: &str, token: &str, bytes: &[u8]) -> (u16, Value) {
    let request = Request::builder()
        .method("POST")
        .uri(path)
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "image/png")
        .body(Body::from(bytes.to_vec()))
        .unwrap();
    let response = desk.router.clone().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    (status, serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap_or(Value::Null))
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0000000000000000";

#[tokio::test]
async fn a_picture_travels_both_ways_and_strangers_see_nothing() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let (anna, mallory) = (desk.visitor(&inbox).await, desk.visitor(&inbox).await);
    desk.watch(&sam).await;
    desk.watch_visitor(&anna).await;
    let (_, file) = upload(&desk, "/api/v1/chat/files?name=..%2Fdoor.png", &anna.session_token, PNG).await;
    let id = file["id"].as_str().unwrap().to_owned();
    assert_eq!((file["name"].as_str(), file["content_type"].as_str()), (Some("door.png"), Some("image/png")));
    assert_eq!(sam.get(&format!("/api/v1/files/{id}")).await.refused(404), "not_found", "not before it is sent");

    let sent = anna.send("POST", "/api/v1/chat/messages", &[], Some(json!({"text": "", "attachment_ids": [id]}))).await.ok();
    desk.settle().await;
    let conversation = sent["conversation_id"].as_str().unwrap();
    assert_eq!(sam.get(&format!("/api/v1/files/{id}")).await.status, 200);
    assert_eq!(mallory.send("GET", &format!("/api/v1/chat/files/{id}"), &[], None).await.refused(404), "not_found");
    assert_eq!(mallory.send("POST", "/api/v1/chat/messages", &[], Some(json!({"text": "mine", "attachment_ids": [id]}))).await.refused(422), "invalid_request");

    let (_, label) = upload(&desk, "/api/v1/files?name=label.pdf", &sam.token, b"%PDF-1.7 ...").await;
    sam.post(&format!("/api/v1/conversations/{conversation}/replies"), json!({"text": "Your label", "attachment_ids": [label["id"]]})).await.ok();
    let (_, secret) = upload(&desk, "/api/v1/files?name=secret.txt", &sam.token, b"for the team").await;
    sam.post(&format!("/api/v1/conversations/{conversation}/notes"), json!({"text": "internal", "attachment_ids": [secret["id"]]})).await.ok();
    desk.settle().await;
    assert_eq!(anna.send("GET", &format!("/api/v1/chat/files/{}", label["id"].as_str().unwrap()), &[], None).await.status, 200);
    assert_eq!(anna.send("GET", &format!("/api/v1/chat/files/{}", secret["id"].as_str().unwrap()), &[], None).await.refused(404), "not_found");
}

/// A browser, and a proxy, write all of a file before they read the answer.
#[tokio::test]
async fn a_file_that_is_too_large_is_refused_with_an_answer_and_not_by_a_cut_connection() {
    let desk = TestDesk::open().await;
    let inbox = desk.inbox().await;
    let anna = desk.visitor(&inbox).await;
    let address = desk.serve().await;
    let above = usize::try_from(inbox.max_attachment_bytes).unwrap() + 8 * 1024 * 1024;

    for length in [format!("Content-Length: {above}"), "Transfer-Encoding: chunked".into()] {
        let is_chunked = length.starts_with('T');
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = format!("POST /api/v1/chat/files HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {}\r\n{length}\r\n\r\n", anna.session_token);
        stream.write_all(head.as_bytes()).await.unwrap();
        for _ in 0..above / 65_536 {
            if is_chunked {
                stream.write_all(b"10000\r\n").await.unwrap();
            }
            stream.write_all(&[b'x'; 65_536]).await.unwrap();
            if is_chunked {
                stream.write_all(b"\r\n").await.unwrap();
            }
        }
        if is_chunked {
            stream.write_all(b"0\r\n\r\n").await.unwrap();
        }
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await.unwrap();
        assert_eq!(std::str::from_utf8(&answer), Ok("HTTP/1.1 413"), "{length}");
    }
}

#[tokio::test]
async fn what_can_run_is_only_ever_downloaded_from_an_opaque_origin() {
    let desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Agent).await;
    let (_, file) = upload(&desk, "/api/v1/files?name=x.svg", &sam.token, b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>").await;

    let answer = sam.get(&format!("/api/v1/files/{}", file["id"].as_str().unwrap())).await;

    assert_eq!(answer.headers["content-type"], "application/octet-stream");
    assert!(answer.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert!(answer.headers["content-security-policy"].to_str().unwrap().starts_with("sandbox; default-src 'none'"));
}

#[tokio::test]
async fn too_large_is_told_with_the_limit() {
    let desk = TestDesk::open().await;
    let (inbox, boss) = (desk.inbox().await, desk.agent("Boss", Role::Administrator).await);
    boss.patch(&format!("/api/v1/inboxes/{}", inbox.id), json!({"max_attachment_bytes": 1024})).await.ok();
    let anna = desk.visitor(&inbox).await;

    let (status, problem) = upload(&desk, "/api/v1/chat/files?name=a.bin", &anna.session_token, &[1; 2000]).await;

    assert_eq!((status, problem["limit_bytes"].as_i64()), (413, Some(1024)));
    assert_eq!(upload(&desk, "/api/v1/chat/files?name=a.bin", &anna.session_token, &[1; 1000]).await.0, 201);
    assert_eq!(upload(&desk, "/api/v1/chat/files?name=a.bin", &anna.session_token, &[]).await.0, 422);
}

#[tokio::test]
async fn a_file_nobody_sent_is_forgotten_after_a_day_and_its_bytes_with_it() {
    let mut desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Agent).await;
    let (_, file) = upload(&desk, "/api/v1/files?name=a.txt", &sam.token, b"left alone").await;
    let path = format!("/api/v1/files/{}", file["id"].as_str().unwrap());
    assert_eq!(sam.get(&path).await.status, 200);

    desk.advance(std::time::Duration::from_secs(26 * 3600)).await;

    assert_eq!(sam.get(&path).await.refused(404), "not_found");
    let blobs = desk.read(|tx| tx.one("SELECT count(*) AS n FROM blob", platform::params![], |row| row.get::<i64>("n"))).await;
    assert_eq!(blobs, 0);
}

#[tokio::test]
async fn a_file_in_a_draft_is_not_forgotten_until_the_draft_is() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let conversation = desk.visitor(&inbox).await.writes("Please send the invoice").await;
    let (_, file) = upload(&desk, "/api/v1/files?name=invoice.pdf", &sam.token, b"%PDF-1.7 ...").await;
    let path = format!("/api/v1/files/{}", file["id"].as_str().unwrap());
    let draft = format!("/api/v1/conversations/{conversation}/drafts/reply");

    sam.send("PUT", &draft, &[], Some(json!({"text": "", "attachment_ids": [file["id"]]}))).await.ok();
    desk.advance(std::time::Duration::from_secs(3 * 86_400)).await;
    assert_eq!(sam.get(&path).await.status, 200);

    sam.send("DELETE", &draft, &[], None).await;
    desk.advance(std::time::Duration::from_secs(3 * 3600)).await;
    assert_eq!(sam.get(&path).await.refused(404), "not_found");
}

/// The S3 server that `scripts/with-s3` starts; without one there is nothing to try.
#[tokio::test]
async fn a_picture_in_a_bucket_travels_and_is_forgotten_as_one_in_a_folder() {
    let Ok(endpoint) = std::env::var("RAPPORT_TEST_S3") else { return };
    let name = format!("desk-{}", std::process::id());
    let mut stream = std::net::TcpStream::connect(endpoint.trim_start_matches("http://")).unwrap();
    std::io::Write::write_all(&mut stream, format!("PUT /{name} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n").as_bytes()).unwrap();
    std::io::read_to_string(stream).unwrap();
    let mut desk = TestDesk::open_with(&[("rate_limits", "off"), ("files", &format!("s3://{name}/uploads?endpoint={endpoint}"))]).await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let (status, sent) = upload(&desk, "/api/v1/chat/files?name=door.png", &anna.session_token, PNG).await;
    let (_, left_alone) = upload(&desk, "/api/v1/files?name=a.txt", &sam.token, b"left alone").await;
    assert_eq!(status, 201, "{sent}");
    anna.send("POST", "/api/v1/chat/messages", &[], Some(json!({"text": "", "attachment_ids": [sent["id"]]}))).await.ok();

    let picture = sam.get(&format!("/api/v1/files/{}", sent["id"].as_str().unwrap())).await;
    assert_eq!((picture.status.as_u16(), picture.headers["content-type"].to_str().unwrap()), (200, "image/png"));
    let kept = async |desk: &TestDesk| {
        let blobs = desk.desk.blobs.clone();
        tokio::task::spawn_blocking(move || blobs.all().unwrap().len()).await.unwrap()
    };
    assert_eq!(kept(&desk).await, 2);
    desk.advance(std::time::Duration::from_secs(26 * 3600)).await;

    assert_eq!(sam.get(&format!("/api/v1/files/{}", left_alone["id"].as_str().unwrap())).await.refused(404), "not_found");
    assert_eq!(kept(&desk).await, 1, "what was sent stays");
    assert_eq!(sam.get(&format!("/api/v1/files/{}", sent["id"].as_str().unwrap())).await.status, 200);
}
