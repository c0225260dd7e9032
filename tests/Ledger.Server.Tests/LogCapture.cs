using System.Text;

namespace Ledger.Server.Tests;

/// <summary>Takes what is written to standard error.</summary>
internal sealed class LogCapture
{
    private readonly StringBuilder _text = new();

    public string Text
    {
        get
        {
            lock (_text) return _text.ToString();
        }
    }

    public void Start() => Console.SetError(new Writer(_text));

    private sealed class Writer(StringBuilder text) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            lock (text) text.Append(value);
        }

        public override void Write(string? value)
        {
            lock (text) text.Append(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            lock (text) text.Append(buffer, index, count);
        }
    }
}
