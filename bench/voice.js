// Notes when the first sample of each sentence that is not silence is played, in milliseconds of
// performance.now(). A sound begins at the very moment of the audio clock that it is started for, and
// its samples tell how long it is silent from there on. `after` is how long the cue before it takes.

const sounds = (window.sounds = []);
let after = 0;

window.EventSource = class extends EventSource {
  constructor(...options) {
    super(...options);
    this.addEventListener("message", ({ data }) => {
      const { clips, after: wait } = JSON.parse(data).voice;
      if (clips.length > 0) after = wait * 1000;
    });
  }
};

const start = AudioBufferSourceNode.prototype.start;

AudioBufferSourceNode.prototype.start = function (at) {
  const { context, buffer } = this;
  const silent = buffer.getChannelData(0).findIndex((sample) => Math.abs(sample) > 0.001);
  const begins = Math.max(at, context.currentTime) + silent / buffer.sampleRate;
  const now = performance.now();
  sounds.push({ asked: now, after, heard: now + (begins - context.currentTime) * 1000 });
  return start.call(this, at);
};
