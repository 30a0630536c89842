import type { ComponentType } from 'react';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { Loading } from '../design/Answer';
import { open } from '../design/open';
import { addTexts } from '../i18n';
import app from './app.json';
import { Frame } from './Frame';
import { NotFound } from './NotFound';

/** A screen is loaded when it is first shown, and with it the texts that only such screens need. */
const screen = (load: () => Promise<ComponentType>, texts?: string) => async () => {
  const [Component] = await Promise.all([load(), texts && addTexts(texts)]);
  return { Component };
};

const router = () =>
  createBrowserRouter(
    [
      {
        element: <Frame />,
        HydrateFallback: Loading,
        children: [
          { index: true, lazy: screen(async () => (await import('./overview/Overview')).Overview) },
          { path: 'messages', lazy: screen(async () => (await import('./messages/Messages')).Messages) },
          { path: 'messages/:id', lazy: screen(async () => (await import('./trace/Trace')).Trace) },
          {
            path: 'messages/:id/replay',
            lazy: screen(async () => (await import('./replay/ReplayPreview')).ReplayPreview),
          },
          {
            path: 'dead-letters',
            lazy: screen(async () => (await import('./deadletters/DeadLetters')).DeadLetters),
          },
          {
            path: 'profiles',
            lazy: screen(async () => (await import('./profiles/Profiles')).Profiles),
          },
          {
            path: 'profiles/:name',
            lazy: screen(async () => (await import('./profiles/ProfileEditor')).ProfileEditor),
          },
          { path: 'reports', lazy: screen(async () => (await import('./reports/Reports')).Reports) },
          { path: 'users', lazy: screen(async () => (await import('./users/Users')).Users, 'people') },
          {
            path: 'users/new',
            lazy: screen(async () => (await import('./users/NewUser')).NewUser, 'people'),
          },
          { path: 'users/:id', lazy: screen(async () => (await import('./users/User')).User, 'people') },
          {
            path: 'clients',
            lazy: screen(async () => (await import('./clients/Clients')).Clients, 'people'),
          },
          {
            path: 'clients/new',
            lazy: screen(async () => (await import('./clients/NewClient')).NewClient, 'people'),
          },
          {
            path: 'clients/:id',
            lazy: screen(async () => (await import('./clients/Client')).Client, 'people'),
          },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
    { basename: app.path },
  );

// Only once the address is the app's own again does the router look at it.
void open(app, () => <RouterProvider router={router()} />);
