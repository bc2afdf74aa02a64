import { Link } from '@tanstack/react-router';
import type { Person } from '@/api/types';
import { PersonChip } from '@/components/person';
import classes from './person-page.module.css';

/** A person who can be opened. */
export const PersonLink = ({ person }: { person: Person }) => (
  <Link to="/people/$person" params={{ person: person.id }} className={classes.chip}>
    <PersonChip person={person} />
  </Link>
);
