using System.IO.Compression;
using System.Text;

using Ledger.Integrity.Archives;

namespace Ledger.Integrity.Tests.Archives;

public class ArchiveTests
{
    private static readonly (string Path, byte[] Bytes)[] Files =
        [("manifest", "first, whatever its name"u8.ToArray()), ("a/b.txt", "one"u8.ToArray()), ("a/c", []), ("keys/x@y.z+1.pem", [.. Enumerable.Range(0, 300).Select(i => (byte)i)])];

    [Fact]
    public async Task What_was_written_is_read_again()
    {
        var archive = Open(await WriteAsync(Files));
        archive.Entries.Select(entry => entry.Path).ShouldBe(Files.Select(file => file.Path));
        foreach (var (path, bytes) in Files)
        {
            var entry = archive.Find(path)!;
            archive.Check(entry, out var sha256).ShouldBe(Verification.Valid);
            sha256.ShouldBe(Hash.Sha256(bytes));
            archive.Read(entry, bytes.Length).ShouldBe(bytes);
            using var copy = new MemoryStream();
            archive.Open(entry).CopyTo(copy);
            copy.ToArray().ShouldBe(bytes);
        }

        archive.Find("b").ShouldBeNull();
        archive.Read(archive.Find("a/b.txt")!, 2).ShouldBeNull();
    }

    [Fact]
    public async Task Another_program_reads_the_same()
    {
        using var zip = new ZipArchive(new MemoryStream(await WriteAsync(Files)), ZipArchiveMode.Read);
        zip.Entries.Select(entry => entry.FullName).ShouldBe(Files.Select(file => file.Path));
        foreach (var (entry, (_, bytes)) in zip.Entries.Zip(Files))
        {
            using var copy = new MemoryStream();
            using (var stream = entry.Open()) stream.CopyTo(copy);
            copy.ToArray().ShouldBe(bytes);
            entry.LastWriteTime.DateTime.ShouldBe(new DateTime(1980, 1, 1));
        }
    }

    [Fact]
    public void The_CRC_is_that_of_the_specification() => ArchiveContent.Entry("check", "123456789"u8).Crc32.ShouldBe(0xCBF43926);

    [Fact]
    public async Task The_same_files_give_the_same_bytes_streamed_or_not()
    {
        using var output = new MemoryStream();
        var writer = new ArchiveWriter(output);
        foreach (var (path, bytes) in Files)
        {
            using var content = new ArchiveContent();
            foreach (var chunk in bytes.Chunk(7)) content.Append(chunk);
            content.Sha256().ShouldBe(Hash.Sha256(bytes));
            await writer.WriteAsync(content.Entry(path), new MemoryStream(bytes));
        }

        await writer.FinishAsync();
        output.ToArray().ShouldBe(await WriteAsync(Files));
        output.Length.ShouldBe(ArchiveWriter.Length(Files.Select(file => ArchiveContent.Entry(file.Path, file.Bytes))));
    }

    [Fact]
    public async Task Every_bit_that_is_flipped_is_found()
    {
        var sound = await WriteAsync(Files);
        for (var bit = 0; bit < sound.Length * 8; bit++)
        {
            var mutated = sound.ToArray();
            mutated[bit / 8] ^= (byte)(1 << (bit % 8));
            IsSound(mutated).ShouldBeFalse($"bit {bit} of {sound.Length * 8}");
        }
    }

    [Fact]
    public async Task A_damaged_header_is_named_by_its_file_wherever_it_stands()
    {
        var sound = await WriteAsync(Files);
        foreach (var (path, _) in Files)
        {
            for (var from = 0; sound.AsSpan(from).IndexOf(Encoding.ASCII.GetBytes(path)) is var found and >= 0; from += found + 1)
            {
                var mutated = sound.ToArray();
                mutated[from + found - 4] ^= 1; // The length of the name in the file's own header; in the directory, where that header is.
                ArchiveReader.Open(new MemoryStream(mutated), out _, out var damaged).Code.ShouldBe("archive_malformed");
                damaged.ShouldBe(path);
            }
        }
    }

    [Fact]
    public async Task What_is_cut_off_or_added_is_refused()
    {
        var sound = await WriteAsync(Files);
        for (var length = 0; length < sound.Length; length++) IsSound(sound[..length]).ShouldBeFalse();
        IsSound([.. sound, 0]).ShouldBeFalse();
        IsSound([0, .. sound]).ShouldBeFalse();
    }

    [Fact]
    public void An_archive_of_another_program_is_refused()
    {
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        using (var stream = zip.CreateEntry("manifest", CompressionLevel.NoCompression).Open()) stream.Write("text"u8);

        ArchiveReader.Open(output, out _, out _).Code.ShouldBe("archive_malformed");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../up")]
    [InlineData("a/../b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a\\b")]
    [InlineData("c:x")]
    [InlineData("-rf")]
    [InlineData(".hidden")]
    [InlineData("ä")]
    [InlineData("a b")]
    public async Task A_path_that_could_lead_elsewhere_is_not_written(string path) =>
        await Should.ThrowAsync<ArgumentException>(() => WriteAsync([(path, [])]));

    [Theory]
    [InlineData("manifest", "b", "a")]
    [InlineData("manifest", "b", "b")]
    [InlineData("manifest", "a", "manifest")]
    [InlineData("manifest", "manifest")]
    public async Task Files_come_once_and_in_order(params string[] paths) =>
        await Should.ThrowAsync<ArgumentException>(() => WriteAsync([.. paths.Select(path => (path, Array.Empty<byte>()))]));

    [Theory]
    [InlineData("three letters less")]
    [InlineData("one letter morE..")]
    [InlineData("the same length")]
    public async Task A_file_that_is_not_what_was_measured_spoils_the_archive(string streamed)
    {
        var writer = new ArchiveWriter(new MemoryStream());
        await Should.ThrowAsync<InvalidDataException>(async () =>
            await writer.WriteAsync(ArchiveContent.Entry("file", "the samE length"u8), new MemoryStream(Encoding.ASCII.GetBytes(streamed))));
    }

    [Fact]
    public async Task What_would_need_ZIP64_is_refused_before_it_is_written()
    {
        using var output = new MemoryStream();
        var writer = new ArchiveWriter(output);
        await Should.ThrowAsync<ArgumentException>(async () => await writer.WriteAsync(new ArchiveEntry("huge", ArchiveWriter.MaxBytes, 0), Stream.Null));
        output.Length.ShouldBe(0);
    }

    private static async Task<byte[]> WriteAsync(IEnumerable<(string Path, byte[] Bytes)> files)
    {
        using var output = new MemoryStream();
        var writer = new ArchiveWriter(output);
        foreach (var (path, bytes) in files) await writer.WriteAsync(path, bytes);
        await writer.FinishAsync();
        return output.ToArray();
    }

    private static ArchiveReader Open(byte[] bytes)
    {
        ArchiveReader.Open(new MemoryStream(bytes), out var archive, out _).ShouldBe(Verification.Valid);
        return archive!;
    }

    private static bool IsSound(byte[] bytes) =>
        ArchiveReader.Open(new MemoryStream(bytes), out var archive, out _).IsValid && archive!.Entries.All(entry => archive.Check(entry, out _).IsValid);
}
