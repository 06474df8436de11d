//! Files: uploaded first, attached with the message, seen by whoever may see that message.

use platform::{
    blobs::{self, Blob},
    clock::Moment,
    store::Tx,
    web::Problem,
};
use uuid::Uuid;

use super::{model::Attachment, store_files as store};
use crate::{
    ids::{FileId, MessageId, VisitorId},
    uploads,
    viewer::Viewer,
};

/// A file as it is kept.
#[derive(Clone, Debug)]
pub struct File {
    /// Names it.
    pub id: FileId,
    /// Its content.
    pub hash: String,
    /// The name it was sent under.
    pub name: String,
    /// Its type, read from its bytes.
    pub content_type: String,
    /// Its length in bytes.
    pub size_bytes: i64,
}

/// Types that are shown in place: pictures made of pixels, sound, film and PDF. Everything else is only ever downloaded.
pub(super) fn is_inline(content_type: &str) -> bool {
    matches!(content_type, "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "application/pdf" | "text/plain")
        || content_type.starts_with("audio/")
        || content_type.starts_with("video/")
}

/// Keeps an uploaded file for `uploader`, who alone may see it until it is attached.
pub fn keep_file(tx: &mut Tx<'_>, blob: &Blob, name: &str, uploader: Uuid) -> Result<Attachment, Problem> {
    let content_type = platform::blobs::sniff(&blob.head);
    let file = File { id: tx.id(), hash: blob.hash.clone(), name: uploads::safe_name(name), content_type, size_bytes: blob.size_bytes };
    blobs::refer(tx, blob, "file", file.id.0)?;
    store::insert(tx, &file, uploader)?;
    Ok(Attachment { id: file.id, name: file.name, content_type: file.content_type, size_bytes: file.size_bytes, url: format!("/api/v1/files/{}", file.id) })
}

/// Attaches files of `uploader` to a message. A file of somebody else, or one attached before, is not there.
pub(super) fn attach(tx: &mut Tx<'_>, ids: &[FileId], message: MessageId, uploader: Uuid, public: bool) -> Result<(), Problem> {
    for id in ids {
        if store::attach(tx, *id, message, uploader, public)? == 0 {
            return Err(Problem::invalid("/attachment_ids", format!("There is no unused file {id} of yours. Upload it again.")));
        }
    }
    Ok(())
}

/// A file an agent may see: their own upload, or one of a message in a conversation they may see.
pub(super) fn for_agent(tx: &mut Tx<'_>, viewer: &Viewer, id: FileId) -> Result<File, Problem> {
    Ok(store::for_agent(tx, viewer, id)?)
}

/// A file a visitor may see: their own, or one of a public message their session may see.
pub fn public_file(tx: &mut Tx<'_>, id: FileId, visitor: VisitorId, signed: Option<crate::ids::ContactId>) -> Result<File, Problem> {
    Ok(store::for_visitor(tx, id, visitor, signed)?)
}

/// Forgets some files that nobody attached within a day; how many, and the hashes of blobs nothing refers to any more.
pub fn forget_unused_files(tx: &mut Tx<'_>) -> Result<(usize, Vec<String>), platform::store::Error> {
    let before: Moment = tx.now().minus(std::time::Duration::from_secs(86_400));
    store::delete_unused(tx, before)
}
