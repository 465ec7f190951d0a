// Loaded before a program that listens on every interface and has no setting for it: what it opens is open to this machine only.
const net = require('node:net');

const { listen } = net.Server.prototype;

/** @this {net.Server} */
net.Server.prototype.listen = function onLoopback(first, ...others) {
  if (typeof first === 'object' && first !== null && 'port' in first)
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...others);
  const isPort = typeof first === 'number' || /^\d+$/.test(first);
  if (!isPort) return listen.call(this, first, ...others);
  const [host, ...afterHost] = others;
  return listen.call(this, first, '127.0.0.1', ...(typeof host === 'string' ? afterHost : others));
};
