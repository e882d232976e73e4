use extism_pdk::*;

const LARGE: u64 = 65_536;
/// More than a call may have at once, if nothing were freed.
const TIMES: usize = 1_100;

/// Gives its input back.
#[plugin_fn]
pub fn echo(input: Vec<u8>) -> FnResult<Vec<u8>> {
    Ok(input)
}

/// Greets who is configured.
#[plugin_fn]
pub fn greet() -> FnResult<String> {
    let name = config::get("name")?;
    Ok(format!("Hello, {}", name.as_deref().unwrap_or("nobody")))
}

/// Keeps its input as a variable and removes it again.
#[plugin_fn]
pub fn vars(word: String) -> FnResult<String> {
    let before = told()?;
    var::set("word", word)?;
    let now = told()?;
    var::remove("word")?;
    Ok(format!("{before} {now} {}", told()?))
}

fn told() -> Result<String, Error> {
    Ok(var::get("word")?.unwrap_or_else(|| "none".to_string()))
}

/// Says what its input says, and fails.
#[plugin_fn]
pub fn fail(why: String) -> FnResult<()> {
    Err(WithReturnCode::new(Error::msg(why), 7))
}

/// Logs its input at four levels.
#[plugin_fn]
pub fn logs(text: String) -> FnResult<()> {
    debug!("{text}");
    info!("{text}");
    warn!("{text}");
    error!("{text}");
    Ok(())
}

/// Takes memory of the host, writes and reads it, and gives it back, many times.
#[plugin_fn]
pub fn blocks() -> FnResult<String> {
    let block = Memory::from_bytes("twenty-one characters")?;
    let read = block.to_string()?;
    block.free();
    for _ in 0..TIMES {
        unsafe { extism::free(extism::alloc(LARGE)) };
    }
    Ok(read)
}
