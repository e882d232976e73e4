//! The platform's storage: `storage_get` and `storage_set`.

use extism_pdk::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};

/// So often is a change tried again that another call came before.
const ATTEMPTS: usize = 5;

/// Whose keys.
#[derive(Clone, Copy, PartialEq)]
pub enum Scope {
    /// The plugin's own: needs `storage:read` and `storage:write`.
    Plugin,
    /// Those of the user for whom the plugin is called: needs `read:user_data` and `write:user_data`.
    User,
}

#[host_fn("extism:host/user")]
extern "ExtismHost" {
    fn storage_get(request: Json<Value>) -> Json<Answer<Option<Stored>>>;
    fn storage_set(request: Json<Value>) -> Json<Answer<Written>>;
}

/// What every function of the platform gives.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Answer<T> {
    Ok(T),
    Error(Problem),
}

#[derive(Deserialize)]
struct Problem {
    code: String,
    message: String,
}

#[derive(Deserialize)]
struct Stored {
    value: Value,
    revision: u64,
}

#[derive(Deserialize)]
struct Written {}

impl<T> Answer<T> {
    fn into_result(self) -> Result<T, Problem> {
        match self {
            Answer::Ok(value) => Ok(value),
            Answer::Error(problem) => Err(problem),
        }
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Error {
        Error::msg(format!("{}: {}", problem.code, problem.message))
    }
}

/// The value of a key; nothing when there is none.
pub fn get<T: DeserializeOwned>(scope: Scope, key: &str) -> Result<Option<T>, Error> {
    match stored(scope, key)? {
        Some(stored) => Ok(Some(serde_json::from_value(stored.value)?)),
        None => Ok(None),
    }
}

/// Gives a key its first value; one that is there already stays.
pub fn create<T: Serialize>(scope: Scope, key: &str, value: &T) -> Result<(), Error> {
    match set(scope, key, json!(value), None)? {
        Ok(_) => Ok(()),
        Err(problem) if problem.code == "precondition-failed" => Ok(()),
        Err(problem) => Err(problem.into()),
    }
}

/// Changes the value of a key, which begins as its default, and gives it. When another call changes it at the same time, the change
/// is made again to what that call has left.
pub fn update<T>(scope: Scope, key: &str, change: impl Fn(&mut T)) -> Result<T, Error>
where
    T: Default + Serialize + DeserializeOwned,
{
    for _ in 0..ATTEMPTS {
        let (mut value, revision) = match stored(scope, key)? {
            Some(stored) => (serde_json::from_value(stored.value)?, Some(stored.revision)),
            None => (T::default(), None),
        };
        change(&mut value);
        match set(scope, key, json!(value), revision)? {
            Ok(_) => return Ok(value),
            Err(problem) if problem.code == "precondition-failed" => continue,
            Err(problem) => return Err(problem.into()),
        }
    }
    Err(Error::msg(format!("{key} was changed by others {ATTEMPTS} times")))
}

fn stored(scope: Scope, key: &str) -> Result<Option<Stored>, Error> {
    let Json(answer) = unsafe { storage_get(Json(request(scope, key)))? };
    Ok(answer.into_result()?)
}

/// Writes only if the key is still at `revision`, or is not there if that is nothing.
fn set(scope: Scope, key: &str, value: Value, revision: Option<u64>) -> Result<Result<Written, Problem>, Error> {
    let mut request = request(scope, key);
    request["value"] = value;
    match revision {
        Some(revision) => request["if_revision"] = revision.into(),
        None => request["if_absent"] = true.into(),
    }
    let Json(answer) = unsafe { storage_set(Json(request))? };
    Ok(answer.into_result())
}

fn request(scope: Scope, key: &str) -> Value {
    json!({"key": key, "user": scope == Scope::User})
}
