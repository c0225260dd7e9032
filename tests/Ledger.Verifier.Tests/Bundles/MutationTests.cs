using Ledger.Integrity;
using Ledger.Integrity.Archives;
using Ledger.Integrity.Bundles;
using Ledger.Verifier.Bundles;
using Ledger.Verifier.Tests.Support;

namespace Ledger.Verifier.Tests.Bundles;

/// <summary>Changes at random places, none of which may be missed. The seed is fixed, so that a failure is found again.</summary>
public class MutationTests
{
    private const int Seed = 20260131;
    private const int Mutations = 10_000;

    private static readonly TestBundle Sound = TestBundle.Of(TestLedger.Signed().Decide());

    [Fact]
    public void Any_bit_that_is_flipped_in_a_bundle_is_found_and_its_file_is_named()
    {
        var random = new Random(Seed);
        var archive = Sound.Write();
        var owners = Owners(archive);
        for (var i = 0; i < Mutations; i++)
        {
            var at = random.Next(archive.Length);
            var bit = (byte)(1 << random.Next(8));
            archive[at] ^= bit;
            var report = BundleVerifier.Verify(new MemoryStream(archive));
            archive[at] ^= bit;
            Named(report, owners[at], $"seed {Seed}, mutation {i}: bit {bit} of byte {at}");
        }
    }

    [Fact]
    public void Any_byte_that_is_changed_in_a_bundle_is_found_and_its_file_is_named()
    {
        var random = new Random(Seed);
        var archive = Sound.Write();
        var owners = Owners(archive);
        for (var i = 0; i < Mutations / 4; i++)
        {
            var at = random.Next(archive.Length);
            var (before, after) = (archive[at], (byte)random.Next(256));
            if (before == after) continue;
            archive[at] = after;
            var report = BundleVerifier.Verify(new MemoryStream(archive));
            archive[at] = before;
            Named(report, owners[at], $"seed {Seed}, mutation {i}: byte {at} is {after}");
        }
    }

    [Fact]
    public void A_changed_file_under_a_corrected_manifest_lacks_the_logs_signature()
    {
        var random = new Random(Seed);
        var manifest = BundleManifest.Verify(Read(Sound.Write(), BundleManifest.Path), Sound.LogKey, out _);
        manifest.IsValid.ShouldBeTrue();
        var paths = Sound.Files.Keys.ToList();
        var signature = System.Text.Encoding.UTF8.GetString(Read(Sound.Write(), BundleManifest.Path)).Split("\n\n")[1];
        for (var i = 0; i < Mutations / 4; i++)
        {
            var path = paths[random.Next(paths.Count)];
            var bytes = Sound.Files[path];
            var at = random.Next(bytes.Length);
            var bit = (byte)(1 << random.Next(8));
            bytes[at] ^= bit;
            var text = new BundleManifest(Sound.Origin, Sound.Subject, [.. Sound.Files.Select(file => new BundleFile(file.Key, file.Value.Length, Hash.Sha256(file.Value)))]).ToString();
            var report = BundleVerifier.Verify(new MemoryStream(Sound.Write(System.Text.Encoding.UTF8.GetBytes($"{text}\n{signature}"))));
            bytes[at] ^= bit;
            report.Valid.ShouldBeFalse($"seed {Seed}, mutation {i}: {path}, bit {bit} of byte {at}");
            report.FirstFault!.Name.ShouldBeOneOf(BundleCheck.Manifest, BundleCheck.LogKey);
        }
    }

    [Fact]
    public void A_changed_file_that_the_log_signed_is_found_where_anything_follows_from_it()
    {
        // README, page and controls are for people: nothing but the manifest says what stands in them.
        string[] free = [BundlePath.Readme, BundlePath.SignOffPage];
        var random = new Random(Seed);
        var paths = Sound.Files.Keys.Except(free).ToList();
        for (var i = 0; i < Mutations / 40; i++)
        {
            var path = paths[random.Next(paths.Count)];
            var bytes = Sound.Files[path];
            var at = random.Next(bytes.Length);
            var bit = (byte)(1 << random.Next(8));
            bytes[at] ^= bit;
            var report = BundleVerifier.Verify(new MemoryStream(Sound.Write()), new BundleTrust(Sound.LogKey));
            bytes[at] ^= bit;
            report.FirstFault.ShouldNotBeNull($"seed {Seed}, mutation {i}: {path}, bit {bit} of byte {at}");
        }
    }

    private static void Named(BundleReport report, string? owner, string because)
    {
        report.Valid.ShouldBeFalse(because);
        report.FirstFault!.Name.ShouldBe(BundleCheck.Container, because);

        // A file that is called one thing in its header and another in the directory is named by both.
        if (owner is not null && report.FirstFault.File != owner) report.FirstFault.Detail.ShouldContain($"'{owner}'", Case.Sensitive, because);
    }

    // Which file each byte of the archive is of. The numbers by which the archive's end leads to everything else are of none.
    private static string?[] Owners(byte[] archive)
    {
        var owners = new string?[archive.Length];
        ArchiveReader.Open(new MemoryStream(archive), out var opened, out _).IsValid.ShouldBeTrue();
        var at = 0;
        foreach (var entry in opened!.Entries)
        {
            var length = 30 + entry.Path.Length + (int)entry.Size;
            owners.AsSpan(at, length).Fill(entry.Path);
            at += length;
        }

        foreach (var entry in opened.Entries)
        {
            var length = 46 + entry.Path.Length;
            owners.AsSpan(at, length).Fill(entry.Path);
            at += length;
        }

        return owners;
    }

    private static byte[] Read(byte[] archive, string path)
    {
        ArchiveReader.Open(new MemoryStream(archive), out var opened, out _).IsValid.ShouldBeTrue();
        return opened!.Read(opened.Find(path)!, int.MaxValue)!;
    }
}
