using System.Text.Json.Serialization;
using Ledger.Domain;

namespace Ledger.Verifier.Bundles;

/// <summary>The steps in which a bundle is verified, in this order. Each rests on those before it.</summary>
[JsonConverter(typeof(EnumNameJsonConverter<BundleCheck>))]
public enum BundleCheck
{
    /// <summary>The archive is exactly one that the ledger writes, and every file has its CRC-32.</summary>
    [JsonStringEnumMemberName("container")] Container,

    /// <summary>The log's key can be used; where one is trusted, it is that one.</summary>
    [JsonStringEnumMemberName("log_key")] LogKey,

    /// <summary>The log signed the list of files.</summary>
    [JsonStringEnumMemberName("manifest")] Manifest,

    /// <summary>Every file is listed, every listed file is there, and each has its digest.</summary>
    [JsonStringEnumMemberName("files")] Files,

    /// <summary>The log signed the tree head; where one is pinned, it does not contradict it.</summary>
    [JsonStringEnumMemberName("checkpoint")] Checkpoint,

    /// <summary>Every event is one, in log order.</summary>
    [JsonStringEnumMemberName("events")] Events,

    /// <summary>Release: every event is in the tree.</summary>
    [JsonStringEnumMemberName("inclusion")] Inclusion,

    /// <summary>Release: the streams that belong to it are there, each from its first event without a gap.</summary>
    [JsonStringEnumMemberName("streams")] Streams,

    /// <summary>Release: the policy is the one that the release pinned.</summary>
    [JsonStringEnumMemberName("policy")] Policy,

    /// <summary>Release: deployments began under the policy's terms, and rollbacks were triggered exactly where measurements come to it.</summary>
    [JsonStringEnumMemberName("deployments")] Deployments,

    /// <summary>Release: replaying the events gives the go/no-go.</summary>
    [JsonStringEnumMemberName("go_no_go")] GoNoGo,

    /// <summary>Release: the sign-off chain is not invalid.</summary>
    [JsonStringEnumMemberName("sign_offs")] SignOffs,

    /// <summary>Release: sign-offs, keys, summary and the list of evidence as files are what the events say.</summary>
    [JsonStringEnumMemberName("derived_files")] DerivedFiles,

    /// <summary>Release: stored reports are those that the events rest on.</summary>
    [JsonStringEnumMemberName("evidence")] Evidence,

    /// <summary>Period: the leaves are all that the log holds between two places, and these are the period's ends.</summary>
    [JsonStringEnumMemberName("range")] Range,

    /// <summary>Period: releases and events are all there are; counted, and the same as stated.</summary>
    [JsonStringEnumMemberName("population")] Population,

    /// <summary>An authority says when the checkpoint was there already.</summary>
    [JsonStringEnumMemberName("timestamps")] Timestamps,
}
