//! Requests about roles.

use platform::web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem};

use super::{
    model::{NewRole, RoleChange, RoleView},
    roles,
};
use crate::{Call, viewer::RoleKey};

/// Lists roles.
pub async fn roles(call: Call, _: Input) -> Result<Found<Page<RoleView>>, Problem> {
    Ok(Found(Page::whole(call.read(roles::list).await?)))
}

/// Makes a role.
pub async fn add_role(call: Call, input: Input<(), NoQuery, Body<NewRole>>) -> Result<Created<RoleView>, Problem> {
    let (viewer, new) = (call.viewer.clone(), input.body.0);
    Ok(Created(call.write(move |tx| roles::add_role(tx, &viewer, &new)).await?))
}

/// Changes a role.
pub async fn change_role(call: Call, input: Input<String, NoQuery, Body<RoleChange>>) -> Result<Found<RoleView>, Problem> {
    let (viewer, based_on, id, change) = (call.viewer.clone(), call.if_match, RoleKey(input.path), input.body.0);
    let role = call.write(move |tx| roles::change_role(tx, &viewer, &id, based_on, &change)).await?;
    call.desk.access.forget();
    Ok(Found(role))
}

/// Removes a role.
pub async fn remove_role(call: Call, input: Input<String>) -> Result<Done, Problem> {
    let (viewer, id) = (call.viewer.clone(), RoleKey(input.path));
    call.write(move |tx| roles::remove_role(tx, &viewer, &id)).await?;
    Ok(Done)
}
