// Made from the rest-api/*.json files of Asterisk 22.10.1; do not edit.
// To make it again: npm run generate -- FOLDER-WITH-REST-API-JSON 22.10.1

/** What this file was made from; `contentSha256` is of all that follows this block and its empty line. */
export const ariSource = {
  asteriskVersion: '22.10.1',
  apiVersion: '10.0.0',
  sourceSha256: '7d39c2f10486a429e0a15161a110ffa879824d6bb8a48f17283bd7679cc61948',
  contentSha256: '7c07a633d5920d6a1c81536feabe76243d6a6111c60c5a3c491dd7158bb4a2ba',
} as const;

export type Application = {
  name: string;
  channel_ids: string[];
  bridge_ids: string[];
  endpoint_ids: string[];
  device_names: string[];
  events_allowed: Record<string, unknown>[];
  events_disallowed: Record<string, unknown>[];
};

export type BuildInfo = {
  os: string;
  kernel: string;
  options: string;
  machine: string;
  date: string;
  user: string;
};

export type SystemInfo = {
  version: string;
  entity_id: string;
};

export type SetId = {
  user: string;
  group: string;
};

export type ConfigInfo = {
  name: string;
  default_language: string;
  max_channels?: number;
  max_open_files?: number;
  max_load?: number;
  setid: SetId;
};

export type StatusInfo = {
  startup_time: string;
  last_reload_time: string;
};

export type AsteriskInfo = {
  build?: BuildInfo;
  system?: SystemInfo;
  config?: ConfigInfo;
  status?: StatusInfo;
};

export type AsteriskPing = {
  asterisk_id: string;
  ping: string;
  timestamp: string;
};

export type Module = {
  name: string;
  description: string;
  use_count: number;
  status: string;
  support_level: string;
};

export type LogChannel = {
  channel: string;
  type: string;
  status: string;
  configuration: string;
};

export type Variable = {
  value: string;
};

export type Variables = {
  variables: Record<string, unknown>;
};

export type ConfigTuple = {
  attribute: string;
  value: string;
};

export type Bridge = {
  id: string;
  technology: string;
  bridge_type: 'mixing' | 'holding';
  bridge_class: string;
  creator: string;
  name: string;
  channels: string[];
  video_mode?: string;
  video_source_id?: string;
  creationtime: string;
  bridgevars?: Record<string, unknown>;
};

export type Dialed = {
};

export type DialplanCEP = {
  context: string;
  exten: string;
  priority: number;
  app_name: string;
  app_data: string;
};

export type CallerID = {
  name: string;
  number: string;
};

export type RTPstat = {
  txcount: number;
  rxcount: number;
  txjitter?: number;
  rxjitter?: number;
  remote_maxjitter?: number;
  remote_minjitter?: number;
  remote_normdevjitter?: number;
  remote_stdevjitter?: number;
  local_maxjitter?: number;
  local_minjitter?: number;
  local_normdevjitter?: number;
  local_stdevjitter?: number;
  txploss: number;
  rxploss: number;
  remote_maxrxploss?: number;
  remote_minrxploss?: number;
  remote_normdevrxploss?: number;
  remote_stdevrxploss?: number;
  local_maxrxploss?: number;
  local_minrxploss?: number;
  local_normdevrxploss?: number;
  local_stdevrxploss?: number;
  rtt?: number;
  maxrtt?: number;
  minrtt?: number;
  normdevrtt?: number;
  stdevrtt?: number;
  local_ssrc: number;
  remote_ssrc: number;
  txoctetcount: number;
  rxoctetcount: number;
  channel_uniqueid: string;
};

export type Channel = {
  id: string;
  protocol_id: string;
  name: string;
  state: 'Down' | 'Rsrved' | 'OffHook' | 'Dialing' | 'Ring' | 'Ringing' | 'Up' | 'Busy' | 'Dialing Offhook' | 'Pre-ring' | 'Unknown';
  caller: CallerID;
  connected: CallerID;
  accountcode: string;
  dialplan: DialplanCEP;
  creationtime: string;
  language: string;
  channelvars?: Record<string, unknown>;
  caller_rdnis?: string;
  tenantid?: string;
};

export type DeviceState = {
  name: string;
  state: 'UNKNOWN' | 'NOT_INUSE' | 'INUSE' | 'BUSY' | 'INVALID' | 'UNAVAILABLE' | 'RINGING' | 'RINGINUSE' | 'ONHOLD';
};

export type Endpoint = {
  technology: string;
  resource: string;
  state?: 'unknown' | 'offline' | 'online';
  channel_ids: string[];
};

export type TextMessage = {
  from: string;
  to: string;
  body: string;
  variables?: Record<string, unknown>;
};

export type MissingParams = {
  params: string[];
};

export type Event = {
  application: string;
  timestamp: string;
};

export type ContactInfo = {
  uri: string;
  contact_status: 'Unreachable' | 'Reachable' | 'Unknown' | 'NonQualified' | 'Removed';
  aor: string;
  roundtrip_usec?: string;
};

export type Peer = {
  peer_status: string;
  cause?: string;
  address?: string;
  port?: string;
  time?: string;
};

export type ReferTo = {
  requested_destination: RequiredDestination;
  destination_channel?: Channel;
  connected_channel?: Channel;
  bridge?: Bridge;
};

export type ReferredBy = {
  source_channel: Channel;
  connected_channel?: Channel;
  bridge?: Bridge;
};

export type RequiredDestination = {
  protocol_id?: string;
  destination?: string;
  additional_protocol_params?: AdditionalParam[];
};

export type AdditionalParam = {
  parameter_name: string;
  parameter_value: string;
};

export type RESTHeader = {
  name: string;
  value: string;
};

export type RESTQueryStringParameter = {
  name: string;
  value: string;
};

export type RESTRequest = {
  type: string;
  transaction_id: string;
  request_id: string;
  method: string;
  uri: string;
  content_type?: string;
  query_strings?: RESTQueryStringParameter[];
  message_body?: string;
};

export type RESTResponse = {
  transaction_id: string;
  request_id: string;
  status_code: number;
  reason_phrase: string;
  uri: string;
  content_type?: string;
  message_body?: string;
};

export type Mailbox = {
  name: string;
  old_messages: number;
  new_messages: number;
};

export type Playback = {
  id: string;
  media_uri: string;
  next_media_uri?: string;
  target_uri: string;
  language?: string;
  state: 'queued' | 'playing' | 'continuing' | 'done' | 'failed';
};

export type StoredRecording = {
  name: string;
  format: string;
};

export type LiveRecording = {
  name: string;
  format: string;
  target_uri: string;
  state: 'queued' | 'recording' | 'paused' | 'done' | 'failed' | 'canceled';
  duration?: number;
  talking_duration?: number;
  silence_duration?: number;
  cause?: string;
};

export type FormatLangPair = {
  language: string;
  format: string;
};

export type Sound = {
  id: string;
  text?: string;
  formats: FormatLangPair[];
};

/** What every event carries beside its `type`. */
export type AriEventHead = {
  asterisk_id?: string;
  application: string;
  timestamp: string;
};

export type ApplicationMoveFailed = AriEventHead & {
  type: 'ApplicationMoveFailed';
  channel: Channel;
  destination: string;
  args: string[];
};

export type ApplicationRegistered = AriEventHead & {
  type: 'ApplicationRegistered';
};

export type ApplicationReplaced = AriEventHead & {
  type: 'ApplicationReplaced';
};

export type ApplicationUnregistered = AriEventHead & {
  type: 'ApplicationUnregistered';
};

export type BridgeAttendedTransfer = AriEventHead & {
  type: 'BridgeAttendedTransfer';
  transferer_first_leg: Channel;
  transferer_second_leg: Channel;
  replace_channel?: Channel;
  transferee?: Channel;
  transfer_target?: Channel;
  result: string;
  is_external: boolean;
  transferer_first_leg_bridge?: Bridge;
  transferer_second_leg_bridge?: Bridge;
  destination_type: string;
  destination_bridge?: string;
  destination_application?: string;
  destination_link_first_leg?: Channel;
  destination_link_second_leg?: Channel;
  destination_threeway_channel?: Channel;
  destination_threeway_bridge?: Bridge;
};

export type BridgeBlindTransfer = AriEventHead & {
  type: 'BridgeBlindTransfer';
  channel: Channel;
  replace_channel?: Channel;
  transferee?: Channel;
  exten: string;
  context: string;
  result: string;
  is_external: boolean;
  bridge?: Bridge;
};

export type BridgeCreated = AriEventHead & {
  type: 'BridgeCreated';
  bridge: Bridge;
};

export type BridgeDestroyed = AriEventHead & {
  type: 'BridgeDestroyed';
  bridge: Bridge;
};

export type BridgeMerged = AriEventHead & {
  type: 'BridgeMerged';
  bridge: Bridge;
  bridge_from: Bridge;
};

export type BridgeVideoSourceChanged = AriEventHead & {
  type: 'BridgeVideoSourceChanged';
  bridge: Bridge;
  old_video_source_id?: string;
};

export type CallBroadcast = AriEventHead & {
  type: 'CallBroadcast';
  channel: Channel;
  caller?: string;
  called?: string;
};

export type CallClaimed = AriEventHead & {
  type: 'CallClaimed';
  channel: Channel;
  winner_app: string;
};

export type ChannelCallerId = AriEventHead & {
  type: 'ChannelCallerId';
  caller_presentation: number;
  caller_presentation_txt: string;
  channel: Channel;
};

export type ChannelConnectedLine = AriEventHead & {
  type: 'ChannelConnectedLine';
  channel: Channel;
};

export type ChannelCreated = AriEventHead & {
  type: 'ChannelCreated';
  channel: Channel;
};

export type ChannelDestroyed = AriEventHead & {
  type: 'ChannelDestroyed';
  cause: number;
  cause_txt: string;
  tech_cause?: number;
  channel: Channel;
};

export type ChannelDialplan = AriEventHead & {
  type: 'ChannelDialplan';
  channel: Channel;
  dialplan_app: string;
  dialplan_app_data: string;
};

export type ChannelDtmfReceived = AriEventHead & {
  type: 'ChannelDtmfReceived';
  digit: string;
  duration_ms: number;
  channel: Channel;
};

export type ChannelEnteredBridge = AriEventHead & {
  type: 'ChannelEnteredBridge';
  bridge: Bridge;
  channel?: Channel;
};

export type ChannelHangupRequest = AriEventHead & {
  type: 'ChannelHangupRequest';
  cause?: number;
  tech_cause?: number;
  soft?: boolean;
  channel: Channel;
};

export type ChannelHold = AriEventHead & {
  type: 'ChannelHold';
  channel: Channel;
  musicclass?: string;
};

export type ChannelLeftBridge = AriEventHead & {
  type: 'ChannelLeftBridge';
  bridge: Bridge;
  channel: Channel;
};

export type ChannelStateChange = AriEventHead & {
  type: 'ChannelStateChange';
  channel: Channel;
};

export type ChannelTalkingFinished = AriEventHead & {
  type: 'ChannelTalkingFinished';
  channel: Channel;
  duration: number;
};

export type ChannelTalkingStarted = AriEventHead & {
  type: 'ChannelTalkingStarted';
  channel: Channel;
};

export type ChannelToneDetected = AriEventHead & {
  type: 'ChannelToneDetected';
  channel: Channel;
};

export type ChannelTransfer = AriEventHead & {
  type: 'ChannelTransfer';
  state?: string;
  refer_to: ReferTo;
  referred_by: ReferredBy;
};

export type ChannelUnhold = AriEventHead & {
  type: 'ChannelUnhold';
  channel: Channel;
};

export type ChannelUserevent = AriEventHead & {
  type: 'ChannelUserevent';
  eventname: string;
  channel?: Channel;
  bridge?: Bridge;
  endpoint?: Endpoint;
  userevent: Record<string, unknown>;
};

export type ChannelVarset = AriEventHead & {
  type: 'ChannelVarset';
  variable: string;
  value: string;
  channel?: Channel;
};

export type ContactStatusChange = AriEventHead & {
  type: 'ContactStatusChange';
  endpoint: Endpoint;
  contact_info: ContactInfo;
};

export type DeviceStateChanged = AriEventHead & {
  type: 'DeviceStateChanged';
  device_state: DeviceState;
};

export type Dial = AriEventHead & {
  type: 'Dial';
  caller?: Channel;
  peer: Channel;
  forward?: string;
  forwarded?: Channel;
  dialstring?: string;
  dialstatus: string;
};

export type EndpointStateChange = AriEventHead & {
  type: 'EndpointStateChange';
  endpoint: Endpoint;
};

export type PeerStatusChange = AriEventHead & {
  type: 'PeerStatusChange';
  endpoint: Endpoint;
  peer: Peer;
};

export type PlaybackContinuing = AriEventHead & {
  type: 'PlaybackContinuing';
  playback: Playback;
};

export type PlaybackFinished = AriEventHead & {
  type: 'PlaybackFinished';
  playback: Playback;
};

export type PlaybackStarted = AriEventHead & {
  type: 'PlaybackStarted';
  playback: Playback;
};

export type RecordingFailed = AriEventHead & {
  type: 'RecordingFailed';
  recording: LiveRecording;
};

export type RecordingFinished = AriEventHead & {
  type: 'RecordingFinished';
  recording: LiveRecording;
};

export type RecordingStarted = AriEventHead & {
  type: 'RecordingStarted';
  recording: LiveRecording;
};

export type StasisEnd = AriEventHead & {
  type: 'StasisEnd';
  channel: Channel;
};

export type StasisStart = AriEventHead & {
  type: 'StasisStart';
  args: string[];
  channel: Channel;
  replace_channel?: Channel;
};

export type TextMessageReceived = AriEventHead & {
  type: 'TextMessageReceived';
  message: TextMessage;
  endpoint?: Endpoint;
};

/** Every event that Asterisk documents, told apart by `type`. */
export type AriEvent =
  | ApplicationMoveFailed
  | ApplicationRegistered
  | ApplicationReplaced
  | ApplicationUnregistered
  | BridgeAttendedTransfer
  | BridgeBlindTransfer
  | BridgeCreated
  | BridgeDestroyed
  | BridgeMerged
  | BridgeVideoSourceChanged
  | CallBroadcast
  | CallClaimed
  | ChannelCallerId
  | ChannelConnectedLine
  | ChannelCreated
  | ChannelDestroyed
  | ChannelDialplan
  | ChannelDtmfReceived
  | ChannelEnteredBridge
  | ChannelHangupRequest
  | ChannelHold
  | ChannelLeftBridge
  | ChannelStateChange
  | ChannelTalkingFinished
  | ChannelTalkingStarted
  | ChannelToneDetected
  | ChannelTransfer
  | ChannelUnhold
  | ChannelUserevent
  | ChannelVarset
  | ContactStatusChange
  | DeviceStateChanged
  | Dial
  | EndpointStateChange
  | PeerStatusChange
  | PlaybackContinuing
  | PlaybackFinished
  | PlaybackStarted
  | RecordingFailed
  | RecordingFinished
  | RecordingStarted
  | StasisEnd
  | StasisStart
  | TextMessageReceived;

export const ariEventTypes: ReadonlySet<string> = new Set([
  'ApplicationMoveFailed',
  'ApplicationRegistered',
  'ApplicationReplaced',
  'ApplicationUnregistered',
  'BridgeAttendedTransfer',
  'BridgeBlindTransfer',
  'BridgeCreated',
  'BridgeDestroyed',
  'BridgeMerged',
  'BridgeVideoSourceChanged',
  'CallBroadcast',
  'CallClaimed',
  'ChannelCallerId',
  'ChannelConnectedLine',
  'ChannelCreated',
  'ChannelDestroyed',
  'ChannelDialplan',
  'ChannelDtmfReceived',
  'ChannelEnteredBridge',
  'ChannelHangupRequest',
  'ChannelHold',
  'ChannelLeftBridge',
  'ChannelStateChange',
  'ChannelTalkingFinished',
  'ChannelTalkingStarted',
  'ChannelToneDetected',
  'ChannelTransfer',
  'ChannelUnhold',
  'ChannelUserevent',
  'ChannelVarset',
  'ContactStatusChange',
  'DeviceStateChanged',
  'Dial',
  'EndpointStateChange',
  'PeerStatusChange',
  'PlaybackContinuing',
  'PlaybackFinished',
  'PlaybackStarted',
  'RecordingFailed',
  'RecordingFinished',
  'RecordingStarted',
  'StasisEnd',
  'StasisStart',
  'TextMessageReceived',
]);

/** How an operation goes over the wire; `answer` is the shape of what comes back. */
export type AriOperationShape = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query: readonly string[];
  readonly body?: { readonly name: string; readonly whole: boolean };
  readonly answer: 'none' | 'object' | 'list' | 'binary';
};

export const ariOperations = {
  'applications.list': { method: 'GET', path: '/applications', query: [], answer: 'list' },
  'applications.get': { method: 'GET', path: '/applications/{applicationName}', query: [], answer: 'object' },
  'applications.subscribe': { method: 'POST', path: '/applications/{applicationName}/subscription', query: ['eventSource'], answer: 'object' },
  'applications.unsubscribe': { method: 'DELETE', path: '/applications/{applicationName}/subscription', query: ['eventSource'], answer: 'object' },
  'applications.filter': { method: 'PUT', path: '/applications/{applicationName}/eventFilter', query: [], body: { name: 'filter', whole: true }, answer: 'object' },
  'asterisk.getObject': { method: 'GET', path: '/asterisk/config/dynamic/{configClass}/{objectType}/{id}', query: [], answer: 'list' },
  'asterisk.updateObject': { method: 'PUT', path: '/asterisk/config/dynamic/{configClass}/{objectType}/{id}', query: [], body: { name: 'fields', whole: false }, answer: 'list' },
  'asterisk.deleteObject': { method: 'DELETE', path: '/asterisk/config/dynamic/{configClass}/{objectType}/{id}', query: [], answer: 'none' },
  'asterisk.getInfo': { method: 'GET', path: '/asterisk/info', query: ['only'], answer: 'object' },
  'asterisk.ping': { method: 'GET', path: '/asterisk/ping', query: [], answer: 'object' },
  'asterisk.listModules': { method: 'GET', path: '/asterisk/modules', query: [], answer: 'list' },
  'asterisk.getModule': { method: 'GET', path: '/asterisk/modules/{moduleName}', query: [], answer: 'object' },
  'asterisk.loadModule': { method: 'POST', path: '/asterisk/modules/{moduleName}', query: [], answer: 'none' },
  'asterisk.unloadModule': { method: 'DELETE', path: '/asterisk/modules/{moduleName}', query: [], answer: 'none' },
  'asterisk.reloadModule': { method: 'PUT', path: '/asterisk/modules/{moduleName}', query: [], answer: 'none' },
  'asterisk.listLogChannels': { method: 'GET', path: '/asterisk/logging', query: [], answer: 'list' },
  'asterisk.addLog': { method: 'POST', path: '/asterisk/logging/{logChannelName}', query: ['configuration'], answer: 'none' },
  'asterisk.deleteLog': { method: 'DELETE', path: '/asterisk/logging/{logChannelName}', query: [], answer: 'none' },
  'asterisk.rotateLog': { method: 'PUT', path: '/asterisk/logging/{logChannelName}/rotate', query: [], answer: 'none' },
  'asterisk.getGlobalVar': { method: 'GET', path: '/asterisk/variable', query: ['variable'], answer: 'object' },
  'asterisk.setGlobalVar': { method: 'POST', path: '/asterisk/variable', query: ['variable', 'value'], answer: 'none' },
  'bridges.list': { method: 'GET', path: '/bridges', query: [], answer: 'list' },
  'bridges.create': { method: 'POST', path: '/bridges', query: ['type', 'bridgeId', 'name'], body: { name: 'variables', whole: false }, answer: 'object' },
  'bridges.createWithId': { method: 'POST', path: '/bridges/{bridgeId}', query: ['type', 'name'], body: { name: 'variables', whole: false }, answer: 'object' },
  'bridges.get': { method: 'GET', path: '/bridges/{bridgeId}', query: [], answer: 'object' },
  'bridges.destroy': { method: 'DELETE', path: '/bridges/{bridgeId}', query: [], answer: 'none' },
  'bridges.getBridgeVar': { method: 'GET', path: '/bridges/{bridgeId}/variable', query: ['variable'], answer: 'object' },
  'bridges.setBridgeVar': { method: 'POST', path: '/bridges/{bridgeId}/variable', query: ['variable', 'value', 'report_events'], answer: 'none' },
  'bridges.getBridgeVars': { method: 'GET', path: '/bridges/{bridgeId}/variables', query: ['variables'], answer: 'object' },
  'bridges.setBridgeVars': { method: 'POST', path: '/bridges/{bridgeId}/variables', query: [], body: { name: 'variables', whole: false }, answer: 'none' },
  'bridges.addChannel': { method: 'POST', path: '/bridges/{bridgeId}/addChannel', query: ['channel', 'role', 'absorbDTMF', 'mute', 'inhibitConnectedLineUpdates'], answer: 'none' },
  'bridges.removeChannel': { method: 'POST', path: '/bridges/{bridgeId}/removeChannel', query: ['channel'], answer: 'none' },
  'bridges.setVideoSource': { method: 'POST', path: '/bridges/{bridgeId}/videoSource/{channelId}', query: [], answer: 'none' },
  'bridges.clearVideoSource': { method: 'DELETE', path: '/bridges/{bridgeId}/videoSource', query: [], answer: 'none' },
  'bridges.startMoh': { method: 'POST', path: '/bridges/{bridgeId}/moh', query: ['mohClass'], answer: 'none' },
  'bridges.stopMoh': { method: 'DELETE', path: '/bridges/{bridgeId}/moh', query: [], answer: 'none' },
  'bridges.play': { method: 'POST', path: '/bridges/{bridgeId}/play', query: ['media', 'announcer_format', 'lang', 'offsetms', 'skipms', 'playbackId'], answer: 'object' },
  'bridges.playWithId': { method: 'POST', path: '/bridges/{bridgeId}/play/{playbackId}', query: ['media', 'announcer_format', 'lang', 'offsetms', 'skipms'], answer: 'object' },
  'bridges.record': { method: 'POST', path: '/bridges/{bridgeId}/record', query: ['name', 'format', 'recorder_format', 'maxDurationSeconds', 'maxSilenceSeconds', 'ifExists', 'beep', 'terminateOn'], answer: 'object' },
  'channels.list': { method: 'GET', path: '/channels', query: [], answer: 'list' },
  'channels.originate': { method: 'POST', path: '/channels', query: ['endpoint', 'extension', 'context', 'priority', 'label', 'app', 'appArgs', 'callerId', 'timeout', 'channelId', 'otherChannelId', 'originator', 'formats'], body: { name: 'variables', whole: false }, answer: 'object' },
  'channels.create': { method: 'POST', path: '/channels/create', query: ['endpoint', 'app', 'appArgs', 'channelId', 'otherChannelId', 'originator', 'formats'], body: { name: 'variables', whole: false }, answer: 'object' },
  'channels.get': { method: 'GET', path: '/channels/{channelId}', query: [], answer: 'object' },
  'channels.originateWithId': { method: 'POST', path: '/channels/{channelId}', query: ['endpoint', 'extension', 'context', 'priority', 'label', 'app', 'appArgs', 'callerId', 'timeout', 'otherChannelId', 'originator', 'formats'], body: { name: 'variables', whole: false }, answer: 'object' },
  'channels.hangup': { method: 'DELETE', path: '/channels/{channelId}', query: ['reason_code', 'reason'], answer: 'none' },
  'channels.continueInDialplan': { method: 'POST', path: '/channels/{channelId}/continue', query: ['context', 'extension', 'priority', 'label'], answer: 'none' },
  'channels.move': { method: 'POST', path: '/channels/{channelId}/move', query: ['app', 'appArgs'], answer: 'none' },
  'channels.redirect': { method: 'POST', path: '/channels/{channelId}/redirect', query: ['endpoint'], answer: 'none' },
  'channels.answer': { method: 'POST', path: '/channels/{channelId}/answer', query: [], answer: 'none' },
  'channels.ring': { method: 'POST', path: '/channels/{channelId}/ring', query: [], answer: 'none' },
  'channels.ringStop': { method: 'DELETE', path: '/channels/{channelId}/ring', query: [], answer: 'none' },
  'channels.progress': { method: 'POST', path: '/channels/{channelId}/progress', query: [], answer: 'none' },
  'channels.sendDTMF': { method: 'POST', path: '/channels/{channelId}/dtmf', query: ['dtmf', 'before', 'between', 'duration', 'after'], answer: 'none' },
  'channels.mute': { method: 'POST', path: '/channels/{channelId}/mute', query: ['direction'], answer: 'none' },
  'channels.unmute': { method: 'DELETE', path: '/channels/{channelId}/mute', query: ['direction'], answer: 'none' },
  'channels.hold': { method: 'POST', path: '/channels/{channelId}/hold', query: [], answer: 'none' },
  'channels.unhold': { method: 'DELETE', path: '/channels/{channelId}/hold', query: [], answer: 'none' },
  'channels.startMoh': { method: 'POST', path: '/channels/{channelId}/moh', query: ['mohClass'], answer: 'none' },
  'channels.stopMoh': { method: 'DELETE', path: '/channels/{channelId}/moh', query: [], answer: 'none' },
  'channels.startSilence': { method: 'POST', path: '/channels/{channelId}/silence', query: [], answer: 'none' },
  'channels.stopSilence': { method: 'DELETE', path: '/channels/{channelId}/silence', query: [], answer: 'none' },
  'channels.play': { method: 'POST', path: '/channels/{channelId}/play', query: ['media', 'lang', 'offsetms', 'skipms', 'playbackId'], answer: 'object' },
  'channels.playWithId': { method: 'POST', path: '/channels/{channelId}/play/{playbackId}', query: ['media', 'lang', 'offsetms', 'skipms'], answer: 'object' },
  'channels.record': { method: 'POST', path: '/channels/{channelId}/record', query: ['name', 'format', 'maxDurationSeconds', 'maxSilenceSeconds', 'ifExists', 'beep', 'terminateOn'], answer: 'object' },
  'channels.getChannelVar': { method: 'GET', path: '/channels/{channelId}/variable', query: ['variable'], answer: 'object' },
  'channels.setChannelVar': { method: 'POST', path: '/channels/{channelId}/variable', query: ['variable', 'value', 'report_events'], answer: 'none' },
  'channels.getChannelVars': { method: 'GET', path: '/channels/{channelId}/variables', query: ['variables'], answer: 'object' },
  'channels.setChannelVars': { method: 'POST', path: '/channels/{channelId}/variables', query: [], body: { name: 'variables', whole: false }, answer: 'none' },
  'channels.snoopChannel': { method: 'POST', path: '/channels/{channelId}/snoop', query: ['spy', 'whisper', 'app', 'appArgs', 'snoopId'], answer: 'object' },
  'channels.snoopChannelWithId': { method: 'POST', path: '/channels/{channelId}/snoop/{snoopId}', query: ['spy', 'whisper', 'app', 'appArgs'], answer: 'object' },
  'channels.dial': { method: 'POST', path: '/channels/{channelId}/dial', query: ['caller', 'timeout'], answer: 'none' },
  'channels.rtpstatistics': { method: 'GET', path: '/channels/{channelId}/rtp_statistics', query: [], answer: 'object' },
  'channels.externalMedia': { method: 'POST', path: '/channels/externalMedia', query: ['channelId', 'app', 'external_host', 'encapsulation', 'transport', 'connection_type', 'format', 'direction', 'data', 'transport_data'], body: { name: 'variables', whole: false }, answer: 'object' },
  'channels.transfer_progress': { method: 'POST', path: '/channels/{channelId}/transfer_progress', query: ['states'], answer: 'none' },
  'deviceStates.list': { method: 'GET', path: '/deviceStates', query: [], answer: 'list' },
  'deviceStates.get': { method: 'GET', path: '/deviceStates/{deviceName}', query: [], answer: 'object' },
  'deviceStates.update': { method: 'PUT', path: '/deviceStates/{deviceName}', query: ['deviceState'], answer: 'none' },
  'deviceStates.delete': { method: 'DELETE', path: '/deviceStates/{deviceName}', query: [], answer: 'none' },
  'endpoints.list': { method: 'GET', path: '/endpoints', query: [], answer: 'list' },
  'endpoints.sendMessage': { method: 'PUT', path: '/endpoints/sendMessage', query: ['to', 'from', 'body'], body: { name: 'variables', whole: false }, answer: 'none' },
  'endpoints.refer': { method: 'POST', path: '/endpoints/refer', query: ['to', 'from', 'refer_to', 'to_self'], body: { name: 'variables', whole: false }, answer: 'none' },
  'endpoints.listByTech': { method: 'GET', path: '/endpoints/{tech}', query: [], answer: 'list' },
  'endpoints.get': { method: 'GET', path: '/endpoints/{tech}/{resource}', query: [], answer: 'object' },
  'endpoints.sendMessageToEndpoint': { method: 'PUT', path: '/endpoints/{tech}/{resource}/sendMessage', query: ['from', 'body'], body: { name: 'variables', whole: false }, answer: 'none' },
  'endpoints.referToEndpoint': { method: 'POST', path: '/endpoints/{tech}/{resource}/refer', query: ['from', 'refer_to', 'to_self'], body: { name: 'variables', whole: false }, answer: 'none' },
  'events.userEvent': { method: 'POST', path: '/events/user/{eventName}', query: ['application', 'source'], body: { name: 'variables', whole: false }, answer: 'none' },
  'events.claimChannel': { method: 'POST', path: '/events/claim', query: ['channelId', 'application'], answer: 'none' },
  'mailboxes.list': { method: 'GET', path: '/mailboxes', query: [], answer: 'list' },
  'mailboxes.get': { method: 'GET', path: '/mailboxes/{mailboxName}', query: [], answer: 'object' },
  'mailboxes.update': { method: 'PUT', path: '/mailboxes/{mailboxName}', query: ['oldMessages', 'newMessages'], answer: 'none' },
  'mailboxes.delete': { method: 'DELETE', path: '/mailboxes/{mailboxName}', query: [], answer: 'none' },
  'playbacks.get': { method: 'GET', path: '/playbacks/{playbackId}', query: [], answer: 'object' },
  'playbacks.stop': { method: 'DELETE', path: '/playbacks/{playbackId}', query: [], answer: 'none' },
  'playbacks.control': { method: 'POST', path: '/playbacks/{playbackId}/control', query: ['operation'], answer: 'none' },
  'recordings.listStored': { method: 'GET', path: '/recordings/stored', query: [], answer: 'list' },
  'recordings.getStored': { method: 'GET', path: '/recordings/stored/{recordingName}', query: [], answer: 'object' },
  'recordings.deleteStored': { method: 'DELETE', path: '/recordings/stored/{recordingName}', query: [], answer: 'none' },
  'recordings.getStoredFile': { method: 'GET', path: '/recordings/stored/{recordingName}/file', query: [], answer: 'binary' },
  'recordings.copyStored': { method: 'POST', path: '/recordings/stored/{recordingName}/copy', query: ['destinationRecordingName'], answer: 'object' },
  'recordings.getLive': { method: 'GET', path: '/recordings/live/{recordingName}', query: [], answer: 'object' },
  'recordings.cancel': { method: 'DELETE', path: '/recordings/live/{recordingName}', query: [], answer: 'none' },
  'recordings.stop': { method: 'POST', path: '/recordings/live/{recordingName}/stop', query: [], answer: 'none' },
  'recordings.pause': { method: 'POST', path: '/recordings/live/{recordingName}/pause', query: [], answer: 'none' },
  'recordings.unpause': { method: 'DELETE', path: '/recordings/live/{recordingName}/pause', query: [], answer: 'none' },
  'recordings.mute': { method: 'POST', path: '/recordings/live/{recordingName}/mute', query: [], answer: 'none' },
  'recordings.unmute': { method: 'DELETE', path: '/recordings/live/{recordingName}/mute', query: [], answer: 'none' },
  'sounds.list': { method: 'GET', path: '/sounds', query: ['lang', 'format'], answer: 'list' },
  'sounds.get': { method: 'GET', path: '/sounds/{soundId}', query: [], answer: 'object' },
} as const satisfies Record<string, AriOperationShape>;

export type AriOperation = keyof typeof ariOperations;

export type AriParameters = {
  'applications.list': Record<string, never>;
  'applications.get': { applicationName: string };
  'applications.subscribe': { applicationName: string; eventSource: string | readonly string[] };
  'applications.unsubscribe': { applicationName: string; eventSource: string | readonly string[] };
  'applications.filter': { applicationName: string; filter?: Record<string, unknown> };
  'asterisk.getObject': { configClass: string; objectType: string; id: string };
  'asterisk.updateObject': { configClass: string; objectType: string; id: string; fields?: ConfigTuple[] };
  'asterisk.deleteObject': { configClass: string; objectType: string; id: string };
  'asterisk.getInfo': { only?: 'build' | 'system' | 'config' | 'status' | readonly ('build' | 'system' | 'config' | 'status')[] };
  'asterisk.ping': Record<string, never>;
  'asterisk.listModules': Record<string, never>;
  'asterisk.getModule': { moduleName: string };
  'asterisk.loadModule': { moduleName: string };
  'asterisk.unloadModule': { moduleName: string };
  'asterisk.reloadModule': { moduleName: string };
  'asterisk.listLogChannels': Record<string, never>;
  'asterisk.addLog': { logChannelName: string; configuration: string };
  'asterisk.deleteLog': { logChannelName: string };
  'asterisk.rotateLog': { logChannelName: string };
  'asterisk.getGlobalVar': { variable: string };
  'asterisk.setGlobalVar': { variable: string; value?: string };
  'bridges.list': Record<string, never>;
  'bridges.create': { type?: string; bridgeId?: string; name?: string; variables?: Record<string, string> };
  'bridges.createWithId': { type?: string; bridgeId: string; name?: string; variables?: Record<string, string> };
  'bridges.get': { bridgeId: string };
  'bridges.destroy': { bridgeId: string };
  'bridges.getBridgeVar': { bridgeId: string; variable: string };
  'bridges.setBridgeVar': { bridgeId: string; variable: string; value?: string; report_events?: boolean };
  'bridges.getBridgeVars': { bridgeId: string; variables: string | readonly string[] };
  'bridges.setBridgeVars': { bridgeId: string; variables: Record<string, string> };
  'bridges.addChannel': { bridgeId: string; channel: string | readonly string[]; role?: string; absorbDTMF?: boolean; mute?: boolean; inhibitConnectedLineUpdates?: boolean };
  'bridges.removeChannel': { bridgeId: string; channel: string | readonly string[] };
  'bridges.setVideoSource': { bridgeId: string; channelId: string };
  'bridges.clearVideoSource': { bridgeId: string };
  'bridges.startMoh': { bridgeId: string; mohClass?: string };
  'bridges.stopMoh': { bridgeId: string };
  'bridges.play': { bridgeId: string; media: string | readonly string[]; announcer_format?: string; lang?: string; offsetms?: number; skipms?: number; playbackId?: string };
  'bridges.playWithId': { bridgeId: string; playbackId: string; media: string | readonly string[]; announcer_format?: string; lang?: string; offsetms?: number; skipms?: number };
  'bridges.record': { bridgeId: string; name: string; format: string; recorder_format?: string; maxDurationSeconds?: number; maxSilenceSeconds?: number; ifExists?: 'fail' | 'overwrite' | 'append'; beep?: boolean; terminateOn?: 'none' | 'any' | '*' | '#' };
  'channels.list': Record<string, never>;
  'channels.originate': { endpoint: string; extension?: string; context?: string; priority?: number; label?: string; app?: string; appArgs?: string; callerId?: string; timeout?: number; variables?: Record<string, string>; channelId?: string; otherChannelId?: string; originator?: string; formats?: string };
  'channels.create': { endpoint: string; app: string; appArgs?: string; channelId?: string; otherChannelId?: string; originator?: string; formats?: string; variables?: Record<string, string> };
  'channels.get': { channelId: string };
  'channels.originateWithId': { channelId: string; endpoint: string; extension?: string; context?: string; priority?: number; label?: string; app?: string; appArgs?: string; callerId?: string; timeout?: number; variables?: Record<string, string>; otherChannelId?: string; originator?: string; formats?: string };
  'channels.hangup': { channelId: string; reason_code?: string; reason?: 'normal' | 'busy' | 'congestion' | 'no_answer' | 'timeout' | 'rejected' | 'unallocated' | 'normal_unspecified' | 'number_incomplete' | 'codec_mismatch' | 'interworking' | 'failure' | 'answered_elsewhere' };
  'channels.continueInDialplan': { channelId: string; context?: string; extension?: string; priority?: number; label?: string };
  'channels.move': { channelId: string; app: string; appArgs?: string };
  'channels.redirect': { channelId: string; endpoint: string };
  'channels.answer': { channelId: string };
  'channels.ring': { channelId: string };
  'channels.ringStop': { channelId: string };
  'channels.progress': { channelId: string };
  'channels.sendDTMF': { channelId: string; dtmf?: string; before?: number; between?: number; duration?: number; after?: number };
  'channels.mute': { channelId: string; direction?: 'both' | 'in' | 'out' };
  'channels.unmute': { channelId: string; direction?: 'both' | 'in' | 'out' };
  'channels.hold': { channelId: string };
  'channels.unhold': { channelId: string };
  'channels.startMoh': { channelId: string; mohClass?: string };
  'channels.stopMoh': { channelId: string };
  'channels.startSilence': { channelId: string };
  'channels.stopSilence': { channelId: string };
  'channels.play': { channelId: string; media: string | readonly string[]; lang?: string; offsetms?: number; skipms?: number; playbackId?: string };
  'channels.playWithId': { channelId: string; playbackId: string; media: string | readonly string[]; lang?: string; offsetms?: number; skipms?: number };
  'channels.record': { channelId: string; name: string; format: string; maxDurationSeconds?: number; maxSilenceSeconds?: number; ifExists?: 'fail' | 'overwrite' | 'append'; beep?: boolean; terminateOn?: 'none' | 'any' | '*' | '#' };
  'channels.getChannelVar': { channelId: string; variable: string };
  'channels.setChannelVar': { channelId: string; variable: string; value?: string; report_events?: boolean };
  'channels.getChannelVars': { channelId: string; variables: string | readonly string[] };
  'channels.setChannelVars': { channelId: string; variables: Record<string, string> };
  'channels.snoopChannel': { channelId: string; spy?: 'none' | 'both' | 'out' | 'in'; whisper?: 'none' | 'both' | 'out' | 'in'; app: string; appArgs?: string; snoopId?: string };
  'channels.snoopChannelWithId': { channelId: string; snoopId: string; spy?: 'none' | 'both' | 'out' | 'in'; whisper?: 'none' | 'both' | 'out' | 'in'; app: string; appArgs?: string };
  'channels.dial': { channelId: string; caller?: string; timeout?: number };
  'channels.rtpstatistics': { channelId: string };
  'channels.externalMedia': { channelId?: string; app: string; variables?: Record<string, string>; external_host?: string; encapsulation?: 'rtp' | 'audiosocket' | 'none'; transport?: 'udp' | 'tcp' | 'websocket'; connection_type?: 'client' | 'server'; format: string; direction?: 'both'; data?: string; transport_data?: string };
  'channels.transfer_progress': { channelId: string; states: string };
  'deviceStates.list': Record<string, never>;
  'deviceStates.get': { deviceName: string };
  'deviceStates.update': { deviceName: string; deviceState: 'NOT_INUSE' | 'INUSE' | 'BUSY' | 'INVALID' | 'UNAVAILABLE' | 'RINGING' | 'RINGINUSE' | 'ONHOLD' };
  'deviceStates.delete': { deviceName: string };
  'endpoints.list': Record<string, never>;
  'endpoints.sendMessage': { to: string; from: string; body?: string; variables?: Record<string, string> };
  'endpoints.refer': { to: string; from: string; refer_to: string; to_self?: boolean; variables?: Record<string, string> };
  'endpoints.listByTech': { tech: string };
  'endpoints.get': { tech: string; resource: string };
  'endpoints.sendMessageToEndpoint': { tech: string; resource: string; from: string; body?: string; variables?: Record<string, string> };
  'endpoints.referToEndpoint': { tech: string; resource: string; from: string; refer_to: string; to_self?: boolean; variables?: Record<string, string> };
  'events.userEvent': { eventName: string; application: string; source?: string | readonly string[]; variables?: Record<string, string> };
  'events.claimChannel': { channelId: string; application: string };
  'mailboxes.list': Record<string, never>;
  'mailboxes.get': { mailboxName: string };
  'mailboxes.update': { mailboxName: string; oldMessages: number; newMessages: number };
  'mailboxes.delete': { mailboxName: string };
  'playbacks.get': { playbackId: string };
  'playbacks.stop': { playbackId: string };
  'playbacks.control': { playbackId: string; operation: 'restart' | 'pause' | 'unpause' | 'reverse' | 'forward' };
  'recordings.listStored': Record<string, never>;
  'recordings.getStored': { recordingName: string };
  'recordings.deleteStored': { recordingName: string };
  'recordings.getStoredFile': { recordingName: string };
  'recordings.copyStored': { recordingName: string; destinationRecordingName: string };
  'recordings.getLive': { recordingName: string };
  'recordings.cancel': { recordingName: string };
  'recordings.stop': { recordingName: string };
  'recordings.pause': { recordingName: string };
  'recordings.unpause': { recordingName: string };
  'recordings.mute': { recordingName: string };
  'recordings.unmute': { recordingName: string };
  'sounds.list': { lang?: string; format?: string };
  'sounds.get': { soundId: string };
};

export type AriResults = {
  'applications.list': Application[];
  'applications.get': Application;
  'applications.subscribe': Application;
  'applications.unsubscribe': Application;
  'applications.filter': Application;
  'asterisk.getObject': ConfigTuple[];
  'asterisk.updateObject': ConfigTuple[];
  'asterisk.deleteObject': undefined;
  'asterisk.getInfo': AsteriskInfo;
  'asterisk.ping': AsteriskPing;
  'asterisk.listModules': Module[];
  'asterisk.getModule': Module;
  'asterisk.loadModule': undefined;
  'asterisk.unloadModule': undefined;
  'asterisk.reloadModule': undefined;
  'asterisk.listLogChannels': LogChannel[];
  'asterisk.addLog': undefined;
  'asterisk.deleteLog': undefined;
  'asterisk.rotateLog': undefined;
  'asterisk.getGlobalVar': Variable;
  'asterisk.setGlobalVar': undefined;
  'bridges.list': Bridge[];
  'bridges.create': Bridge;
  'bridges.createWithId': Bridge;
  'bridges.get': Bridge;
  'bridges.destroy': undefined;
  'bridges.getBridgeVar': Variable;
  'bridges.setBridgeVar': undefined;
  'bridges.getBridgeVars': Variables;
  'bridges.setBridgeVars': undefined;
  'bridges.addChannel': undefined;
  'bridges.removeChannel': undefined;
  'bridges.setVideoSource': undefined;
  'bridges.clearVideoSource': undefined;
  'bridges.startMoh': undefined;
  'bridges.stopMoh': undefined;
  'bridges.play': Playback;
  'bridges.playWithId': Playback;
  'bridges.record': LiveRecording;
  'channels.list': Channel[];
  'channels.originate': Channel;
  'channels.create': Channel;
  'channels.get': Channel;
  'channels.originateWithId': Channel;
  'channels.hangup': undefined;
  'channels.continueInDialplan': undefined;
  'channels.move': undefined;
  'channels.redirect': undefined;
  'channels.answer': undefined;
  'channels.ring': undefined;
  'channels.ringStop': undefined;
  'channels.progress': undefined;
  'channels.sendDTMF': undefined;
  'channels.mute': undefined;
  'channels.unmute': undefined;
  'channels.hold': undefined;
  'channels.unhold': undefined;
  'channels.startMoh': undefined;
  'channels.stopMoh': undefined;
  'channels.startSilence': undefined;
  'channels.stopSilence': undefined;
  'channels.play': Playback;
  'channels.playWithId': Playback;
  'channels.record': LiveRecording;
  'channels.getChannelVar': Variable;
  'channels.setChannelVar': undefined;
  'channels.getChannelVars': Variables;
  'channels.setChannelVars': undefined;
  'channels.snoopChannel': Channel;
  'channels.snoopChannelWithId': Channel;
  'channels.dial': undefined;
  'channels.rtpstatistics': RTPstat;
  'channels.externalMedia': Channel;
  'channels.transfer_progress': undefined;
  'deviceStates.list': DeviceState[];
  'deviceStates.get': DeviceState;
  'deviceStates.update': undefined;
  'deviceStates.delete': undefined;
  'endpoints.list': Endpoint[];
  'endpoints.sendMessage': undefined;
  'endpoints.refer': undefined;
  'endpoints.listByTech': Endpoint[];
  'endpoints.get': Endpoint;
  'endpoints.sendMessageToEndpoint': undefined;
  'endpoints.referToEndpoint': undefined;
  'events.userEvent': undefined;
  'events.claimChannel': undefined;
  'mailboxes.list': Mailbox[];
  'mailboxes.get': Mailbox;
  'mailboxes.update': undefined;
  'mailboxes.delete': undefined;
  'playbacks.get': Playback;
  'playbacks.stop': undefined;
  'playbacks.control': undefined;
  'recordings.listStored': StoredRecording[];
  'recordings.getStored': StoredRecording;
  'recordings.deleteStored': undefined;
  'recordings.getStoredFile': Uint8Array;
  'recordings.copyStored': StoredRecording;
  'recordings.getLive': LiveRecording;
  'recordings.cancel': undefined;
  'recordings.stop': undefined;
  'recordings.pause': undefined;
  'recordings.unpause': undefined;
  'recordings.mute': undefined;
  'recordings.unmute': undefined;
  'sounds.list': Sound[];
  'sounds.get': Sound;
};
