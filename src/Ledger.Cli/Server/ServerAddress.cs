using System.Globalization;

namespace Ledger.Cli.Server;

/// <summary>Where the ledger is: <c>LEDGER_URL</c>, else this machine at <c>LEDGER_PORT</c>, else at port 5080.</summary>
/// <param name="Base">Ends with a slash, so that paths are appended to it.</param>
/// <param name="IsLocal">Whether it is this machine: only there do the tokens in the data folder go.</param>
internal sealed record ServerAddress(Uri Base, bool IsLocal)
{
    private const int DefaultPort = 5080;

    public static Result<ServerAddress> Find(Surroundings here)
    {
        if (here.Variable("LEDGER_URL") is not { } url)
        {
            return !TryPort(here.Variable("LEDGER_PORT"), out var port)
                ? Failure.Usage("port_malformed", "LEDGER_PORT is not a port", "write a number from 1 to 65535")
                : new ServerAddress(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")), IsLocal: true);
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
            || address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            return Failure.Usage("url_malformed", "LEDGER_URL is not the address of a server", "write it as https://ledger.example.com");

        return new ServerAddress(address.AbsolutePath.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/"), address.IsLoopback);
    }

    /// <summary>The address as people read it.</summary>
    public override string ToString() => Base.AbsoluteUri.TrimEnd('/');

    private static bool TryPort(string? text, out int port)
    {
        port = DefaultPort;
        return text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65_535);
    }
}
