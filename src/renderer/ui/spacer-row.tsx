/** The height of rows of a table that aren't drawn. */
export const Spacer = ({ height }: { height: number }) =>
  height > 0 && (
    <tr>
      <td style={{ height, padding: 0 }} />
    </tr>
  );
