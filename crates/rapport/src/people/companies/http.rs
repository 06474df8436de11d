//! Requests about companies.

use platform::{
    clock::Moment,
    store::Error,
    web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem},
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    keep,
    model::{Company, CompanyChange, NewCompany, NewMembers},
    store,
};
use crate::{
    Call, check, cursor,
    ids::{CompanyId, ContactId},
    people::{contacts::Contact, store_contacts},
};

/// Those suggested at once.
const SUGGESTED: i64 = 50;

/// Which companies are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CompanyQuery {
    /// Part of a name, or the beginning of a domain.
    q: Option<String>,
    /// 1 to 100, 25 unless told.
    limit: Option<i64>,
    /// The cursor of the page before.
    cursor: Option<String>,
}

/// Which contacts of a company are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MemberQuery {
    /// 1 to 100, 25 unless told.
    limit: Option<i64>,
    /// The cursor of the page before.
    cursor: Option<String>,
}

/// Lists companies by name.
pub async fn companies(call: Call, input: Input<(), CompanyQuery>) -> Result<Found<Page<Company>>, Problem> {
    let limit = check::limit(input.query.limit, 100)?;
    let after: Option<(String, CompanyId)> = input.query.cursor.as_deref().map(cursor::read).transpose()?;
    let (viewer, question) = (call.viewer.clone(), check::optional_text("", &input.query.q.unwrap_or_default(), 200)?);
    let found = call.read(move |tx| Ok(store::companies(tx, &viewer, &question, after.clone(), limit)?)).await?;
    let next = found.last().filter(|_| found.len() as i64 == limit).map(|(last, key)| cursor::write(&(key, last.id)));
    Ok(Found(Page { items: found.into_iter().map(|(company, _)| company).collect(), next }))
}

/// Adds a company.
pub async fn add(call: Call, input: Input<(), NoQuery, Body<NewCompany>>) -> Result<Created<Company>, Problem> {
    let (viewer, new) = (call.viewer.clone(), input.body.0);
    Ok(Created(call.write(move |tx| keep::add(tx, &viewer, &new)).await?))
}

/// Shows a company.
pub async fn company(call: Call, input: Input<CompanyId>) -> Result<Found<Company>, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    Ok(Found(call.read(move |tx| Ok(store::company(tx, &viewer, id)?)).await?))
}

/// Changes a company.
pub async fn change(call: Call, input: Input<CompanyId, NoQuery, Body<CompanyChange>>) -> Result<Found<Company>, Problem> {
    let (viewer, id, based_on, wanted) = (call.viewer.clone(), input.path, call.if_match, input.body.0);
    Ok(Found(call.write(move |tx| keep::change(tx, &viewer, id, based_on, &wanted)).await?))
}

/// Removes a company; its contacts stay.
pub async fn remove(call: Call, input: Input<CompanyId>) -> Result<Done, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    call.write(move |tx| keep::remove(tx, &viewer, id)).await?;
    Ok(Done)
}

/// Lists the contacts of a company, last seen first.
pub async fn members(call: Call, input: Input<CompanyId, MemberQuery>) -> Result<Found<Page<Contact>>, Problem> {
    let limit = check::limit(input.query.limit, 100)?;
    let before = input.query.cursor.as_deref().map(cursor::read::<(i64, ContactId)>).transpose()?.map(|(at, id)| (Moment(at), id));
    let (viewer, id) = (call.viewer.clone(), input.path);
    let items = call
        .read(move |tx| {
            store::company(tx, &viewer, id)?;
            Ok(store_contacts::contacts_of_company(tx, &viewer, id, before, limit)?)
        })
        .await?;
    let next = items.last().filter(|_| items.len() as i64 == limit).map(|last| cursor::write(&(last.last_seen_at.0, last.id)));
    Ok(Found(Page { items, next }))
}

/// Adds contacts to a company.
pub async fn add_members(call: Call, input: Input<CompanyId, NoQuery, Body<NewMembers>>) -> Result<Done, Problem> {
    let (viewer, id, members) = (call.viewer.clone(), input.path, input.body.0.contact_ids);
    call.write(move |tx| keep::add_members(tx, &viewer, id, &members)).await?;
    Ok(Done)
}

/// Lists contacts with an address at a domain of the company, who belong to none.
pub async fn suggested(call: Call, input: Input<CompanyId>) -> Result<Found<Page<Contact>>, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    let found = call
        .read(move |tx| {
            store::company(tx, &viewer, id)?;
            let mut found = Vec::new();
            for contact in store::suggested(tx, id, SUGGESTED)? {
                match store_contacts::contact(tx, &viewer, contact) {
                    Ok(contact) => found.push(contact),
                    Err(Error::NotFound) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            Ok(found)
        })
        .await?;
    Ok(Found(Page::whole(found)))
}

/// Shows the company at whose domain a contact has an address; a list of one or none.
pub async fn suggested_for(call: Call, input: Input<ContactId>) -> Result<Found<Page<Company>>, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    let found = call
        .read(move |tx| {
            store_contacts::contact(tx, &viewer, id)?;
            let Some(company) = store::suggested_for(tx, id)? else { return Ok(Vec::new()) };
            match store::company(tx, &viewer, company) {
                Ok(company) => Ok(vec![company]),
                Err(Error::NotFound) => Ok(Vec::new()),
                Err(error) => Err(error.into()),
            }
        })
        .await?;
    Ok(Found(Page::whole(found)))
}
