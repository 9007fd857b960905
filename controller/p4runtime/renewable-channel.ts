import { Channel, type ChannelInterface, type ClientOptions } from '@grpc/grpc-js';

/** A channel whose connections can be left behind: what is called after renew() goes by new ones. */
export class RenewableChannel implements ChannelInterface {
  readonly #make: () => Channel;
  #channel: Channel;

  constructor(...options: ConstructorParameters<typeof Channel>) {
    this.#make = () => new Channel(...options);
    this.#channel = this.#make();
  }

  /** Calls under way stay on the connection they are on; whoever made them has to cancel them. */
  renew(): void {
    const old = this.#channel;
    this.#channel = this.#make();
    old.close();
  }

  close(): void {
    this.#channel.close();
  }

  getTarget(): string {
    return this.#channel.getTarget();
  }

  getConnectivityState(...args: Parameters<ChannelInterface['getConnectivityState']>) {
    return this.#channel.getConnectivityState(...args);
  }

  watchConnectivityState(...args: Parameters<ChannelInterface['watchConnectivityState']>): void {
    this.#channel.watchConnectivityState(...args);
  }

  getChannelzRef() {
    return this.#channel.getChannelzRef();
  }

  createCall(...args: Parameters<ChannelInterface['createCall']>) {
    return this.#channel.createCall(...args);
  }
}

/** Options by which a client gets such a channel, and what renews it; not where the channel is the caller's own. */
export function renewable({ channelOptions }: { readonly channelOptions: ClientOptions }): {
  readonly options: ClientOptions;
  readonly renew: (() => void) | undefined;
} {
  const { channelOverride, channelFactoryOverride } = channelOptions;
  if (channelOverride !== undefined || channelFactoryOverride !== undefined) {
    return { options: channelOptions, renew: undefined };
  }
  let channel: RenewableChannel | undefined;
  return {
    options: {
      ...channelOptions,
      channelFactoryOverride: (address, credentials) => {
        channel = new RenewableChannel(address, credentials, channelOptions);
        return channel;
      },
    },
    renew: () => channel?.renew(),
  };
}
