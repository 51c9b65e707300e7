// The server's one endless response: length (4 bytes), kind (1 byte), content. See LiveStream.java.

const STATE = 1;
const PICTURE = 2;
const decoder = new TextDecoder();

/** Reads until it ends; calls heard(state) and seen(header, blob). Throws what ended it. */
export async function read(heard, seen, signal) {
  const response = await fetch('/api/stream', {signal, cache: 'no-store'});
  if (!response.ok) {
    const refusal = new Error((await response.json()).error);
    refusal.status = response.status;
    throw refusal;
  }
  const reader = response.body.getReader();
  const parts = [];
  let length = 0;

  // So many bytes from the front, as one array.
  function take(wanted) {
    const taken = new Uint8Array(wanted);
    let filled = 0;
    while (filled < wanted) {
      const part = parts[0];
      const used = Math.min(part.length, wanted - filled);
      taken.set(part.subarray(0, used), filled);
      filled += used;
      if (used === part.length) parts.shift();
      else parts[0] = part.subarray(used);
    }
    length -= wanted;
    return taken;
  }

  let wanted = 4;
  let inside = false;
  for (;;) {
    while (length >= wanted) {
      const bytes = take(wanted);
      if (!inside) {
        wanted = new DataView(bytes.buffer).getUint32(0);
        inside = true;
        continue;
      }
      wanted = 4;
      inside = false;
      if (bytes[0] === STATE) {
        heard(JSON.parse(decoder.decode(bytes.subarray(1))));
      } else if (bytes[0] === PICTURE) {
        const size = new DataView(bytes.buffer).getUint32(1);
        seen(JSON.parse(decoder.decode(bytes.subarray(5, 5 + size))), new Blob([bytes.subarray(5 + size)]));
      }
    }
    const {done, value} = await reader.read();
    if (done) throw new Error('the console has ended the connection');
    parts.push(value);
    length += value.length;
  }
}

/** Asks for something to be changed; throws what the server says against it. */
export async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) {
    const refusal = new Error(answer.error);
    refusal.status = response.status;
    throw refusal;
  }
  return answer;
}
