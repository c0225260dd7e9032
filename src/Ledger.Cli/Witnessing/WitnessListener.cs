using System.Net;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Witnessing;

/// <summary>
/// Serves a witness over HTTP by the platform's own listener: the tool needs no web framework for one address, and starts as fast without. Put a
/// proxy with TLS before it where it is reached from elsewhere.
/// </summary>
internal sealed class WitnessListener(WitnessDesk desk, Action<string> log)
{
    private const int MaxAtOnce = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Serves until it is told to stop.</summary>
    /// <param name="prefix">Where, as <c>http://HOST:PORT/</c>.</param>
    /// <param name="started">Called once it listens.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Why it cannot listen; null when it was told to stop.</returns>
    public async Task<Failure?> RunAsync(string prefix, Action started, CancellationToken cancellationToken)
    {
        using var listener = new HttpListener();
        listener.Prefixes.Add(prefix);
        try
        {
            listener.Start();
        }
        catch (HttpListenerException)
        {
            return Failure.Refused("address_taken", $"nothing can be served at {prefix}", "the port is taken, or the address is not this machine's");
        }

        started();
        using var stop = cancellationToken.Register(listener.Stop);
        using var places = new SemaphoreSlim(MaxAtOnce);
        while (await NextAsync(listener, places, cancellationToken).ConfigureAwait(false) is { } context) _ = AnswerAsync(context, places);

        // What is being answered is answered: it may be remembered already.
        for (var place = 0; place < MaxAtOnce; place++) await places.WaitAsync(Patience, CancellationToken.None).ConfigureAwait(false);
        return null;
    }

    // Null when there will be no more.
    private static async Task<HttpListenerContext?> NextAsync(HttpListener listener, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await places.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return null;
            }

            try
            {
                return await listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                places.Release(); // told to stop, or a connection that came to nothing
            }
        }

        return null;
    }

    private async Task AnswerAsync(HttpListenerContext context, SemaphoreSlim places)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            using var giveUp = patience.Token.Register(context.Response.Abort);
            var answer = await DecideAsync(context.Request, patience.Token).ConfigureAwait(false);
            context.Response.StatusCode = answer.Status;
            context.Response.ContentType = answer.MediaType;
            context.Response.ContentLength64 = answer.Body.Length;
            context.Response.KeepAlive = answer.Status is 200 or 409;
            await context.Response.OutputStream.WriteAsync(answer.Body, patience.Token).ConfigureAwait(false);
            context.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            context.Response.Abort(); // the caller went away
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<WitnessAnswer> DecideAsync(HttpListenerRequest request, CancellationToken cancellationToken)
    {
        if (request.Url?.AbsolutePath != "/add-checkpoint") return WitnessAnswer.Text(404, "there is nothing here but /add-checkpoint");
        if (request.HttpMethod != "POST") return WitnessAnswer.Text(405, "a checkpoint is added by POST");
        var buffer = new byte[AddCheckpointRequest.MaxBytes + 1];
        if (request.ContentLength64 > AddCheckpointRequest.MaxBytes) return WitnessAnswer.Text(413, "the body is too large");
        var length = await request.InputStream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (length == buffer.Length) return WitnessAnswer.Text(413, "the body is too large");
        var answer = desk.Answer(buffer.AsSpan(0, length));
        log($"{answer.Status} {(answer.Status == 200 ? "cosigned" : System.Text.Encoding.UTF8.GetString(answer.Body).TrimEnd())}");
        return answer;
    }
}
