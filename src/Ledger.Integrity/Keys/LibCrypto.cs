using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Ledger.Integrity.Keys;

/// <summary>
/// The few functions of OpenSSL 3's libcrypto that Ed25519 needs; .NET itself uses the library but does not offer the curve.
/// Loaded at the first call. A key is only read once made, so any number of threads may sign or verify with one (openssl-threads(7));
/// each call has a context of its own.
/// </summary>
internal static partial class LibCrypto
{
    public const int Ed25519 = 1087; // EVP_PKEY_ED25519, NID_ED25519

    private const string Name = "libcrypto";

    private static readonly string[] FileNames = ["libcrypto.so.3", "libcrypto.3.dylib", "libcrypto-3-x64.dll", "libcrypto-3-arm64.dll"];

    static LibCrypto() => NativeLibrary.SetDllImportResolver(typeof(LibCrypto).Assembly, Load);

    public static KeyHandle NewPrivateKey(ReadOnlySpan<byte> seed) => Check(EVP_PKEY_new_raw_private_key(Ed25519, 0, seed, (nuint)seed.Length));

    public static KeyHandle NewPublicKey(ReadOnlySpan<byte> key) => Check(EVP_PKEY_new_raw_public_key(Ed25519, 0, key, (nuint)key.Length));

    public static void GetPrivateKey(KeyHandle key, Span<byte> seed)
    {
        var length = (nuint)seed.Length;
        Check(EVP_PKEY_get_raw_private_key(key, seed, ref length));
    }

    public static void GetPublicKey(KeyHandle key, Span<byte> publicKey)
    {
        var length = (nuint)publicKey.Length;
        Check(EVP_PKEY_get_raw_public_key(key, publicKey, ref length));
    }

    public static void Sign(KeyHandle key, ReadOnlySpan<byte> data, Span<byte> signature)
    {
        using var context = NewContext();
        Check(EVP_DigestSignInit(context, 0, 0, 0, key));
        var length = (nuint)signature.Length;
        Check(EVP_DigestSign(context, signature, ref length, data, (nuint)data.Length));
    }

    public static bool Verify(KeyHandle key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var context = NewContext();
        Check(EVP_DigestVerifyInit(context, 0, 0, 0, key));
        var valid = EVP_DigestVerify(context, signature, (nuint)signature.Length, data, (nuint)data.Length) == 1;
        if (!valid) ERR_clear_error(); // A bad signature is no error of ours; left in the queue it would show up in somebody else's.
        return valid;
    }

    private static ContextHandle NewContext()
    {
        var context = EVP_MD_CTX_new();
        return context.IsInvalid ? throw Failure() : context;
    }

    private static KeyHandle Check(KeyHandle key) => key.IsInvalid ? throw Failure() : key;

    private static void Check(int result)
    {
        if (result != 1) throw Failure();
    }

    private static unsafe CryptographicException Failure()
    {
        Span<byte> text = stackalloc byte[256];
        ERR_error_string_n(ERR_get_error(), text, (nuint)text.Length);
        ERR_clear_error();
        fixed (byte* start = text) return new CryptographicException($"libcrypto: {Marshal.PtrToStringUTF8((nint)start)}");
    }

    private static nint Load(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Name) return 0;
        foreach (var file in FileNames)
            if (NativeLibrary.TryLoad(file, assembly, path, out var library)) return library;
        return 0;
    }

    [LibraryImport(Name)]
    private static partial KeyHandle EVP_PKEY_new_raw_private_key(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Name)]
    private static partial KeyHandle EVP_PKEY_new_raw_public_key(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Name)]
    private static partial int EVP_PKEY_get_raw_private_key(KeyHandle key, Span<byte> raw, ref nuint length);

    [LibraryImport(Name)]
    private static partial int EVP_PKEY_get_raw_public_key(KeyHandle key, Span<byte> raw, ref nuint length);

    [LibraryImport(Name)]
    private static partial void EVP_PKEY_free(nint key);

    [LibraryImport(Name)]
    private static partial ContextHandle EVP_MD_CTX_new();

    [LibraryImport(Name)]
    private static partial void EVP_MD_CTX_free(nint context);

    [LibraryImport(Name)]
    private static partial int EVP_DigestSignInit(ContextHandle context, nint keyContext, nint digest, nint engine, KeyHandle key);

    [LibraryImport(Name)]
    private static partial int EVP_DigestSign(ContextHandle context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> data, nuint dataLength);

    [LibraryImport(Name)]
    private static partial int EVP_DigestVerifyInit(ContextHandle context, nint keyContext, nint digest, nint engine, KeyHandle key);

    [LibraryImport(Name)]
    private static partial int EVP_DigestVerify(ContextHandle context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> data, nuint dataLength);

    [LibraryImport(Name)]
    private static partial CULong ERR_get_error();

    [LibraryImport(Name)]
    private static partial void ERR_error_string_n(CULong error, Span<byte> text, nuint length);

    [LibraryImport(Name)]
    private static partial void ERR_clear_error();

    /// <summary>An EVP_PKEY.</summary>
    internal sealed class KeyHandle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            EVP_PKEY_free(handle);
            return true;
        }
    }

    /// <summary>An EVP_MD_CTX.</summary>
    internal sealed class ContextHandle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            EVP_MD_CTX_free(handle);
            return true;
        }
    }
}
